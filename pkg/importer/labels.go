package importer

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/prep-cli/prep/pkg/story"
)

// labelWords are the words that people write over the parts of a story, by the
// story's key. Lower case; "the" before a word is dropped when one is looked up.
// Besides English there are the words of Chinese and Spanish notes.
var labelWords = []struct{ key, words string }{
	{"problem", "problem, problems, problem statement, challenge, challenges, obstacle, obstacles, issue, issues, symptom, symptoms, error, bug, mistake, failed check, what happened, what went wrong, what broke, incident summary, summary, 问题, 挑战, problema, problemas, reto, desafío"}, //nolint:misspell // Spanish
	{"context", "situation, s, context, background, setting, domain, stakes, constraints, scope, 背景, 情境, 情况, contexto, situación"},
	{"task", "task, tasks, t, goal, objective, objectives, responsibility, my role in it, my responsibility, my task, 任务, 目标, tarea, tareas, objetivo"},
	{"investigation", "investigation, investigation steps, initial investigation, diagnosis, diagnostic steps, diagnostics, troubleshooting, troubleshooting steps, debugging, analysis, looked at, discovery, detection, timeline, 调查, 排查, investigación, diagnóstico"},
	{"root_cause", "root cause, root causes, cause, causes, root cause analysis, why it happened, 原因, 根本原因, causa, causas, causa raíz"},
	{"resolution", "action, actions, a, actions taken, action taken, approach, steps, steps taken, execution, implementation, what i did, what we did, how i solved it, how we fixed it, fix, fixes, fixed, fixes applied, fix applied, solution, solutions, resolution, mitigation, workaround, move, bet, allies, coalition, mechanism, 行动, 解决方案, 解决, acción, acciones, qué hice, lo que hice, solución"},
	{"impact", "result, results, r, outcome, outcomes, impact, long-term impact, business impact, metrics, proof, verification, scale, 结果, 影响, 成果, resultado, resultados, impacto"},
	{"lessons", "lesson, lessons, lesson learned, lessons learned, lesson learnt, lessons learnt, what i learned, what i learnt, what we learned, learned, learnt, learning, learnings, key learning, key learnings, takeaway, takeaways, key takeaway, key takeaways, insight, insights, reflection, reflections, +r, prevention, preventive actions, preventive measures, 反思, 教训, 经验, 收获, lección, lecciones, lecciones aprendidas, lo que aprendí, aprendizaje"},
	{"hindsight", "what i'd do differently, what i would do differently, what would i do differently, what would you do differently, what would you have done differently, what i would have done differently, what could have been done differently, what i could have done better, what i would not do again, what i would change, in hindsight, hindsight, next time, should have, open follow-ups, lo que haría distinto, lo que haría diferente"},
	{"skills", "skills, skill, tags, tag, keywords, stack, tech stack, tools, technologies, tech, skills demonstrated, 技能, 标签, etiquetas, habilidades"},
	{"date", "date, dates, when, period, timeframe, time frame, year, 日期, 时间, fecha, cuándo"},
	{"company", "company, employer, client, organisation, organization, 公司, empresa, cliente"},
	{"role", "role, my role, position, job title, 角色, 职位, rol, puesto"},
	{"follow-ups", "follow up, follow-up, follow ups, follow-ups, action items, action item, next steps, todos, remediation items"},
}

// asides are labels that no field takes: their text is kept in the context.
const asides = "severity, priority, ticket, status, duration, phase, component, components, files, file, files changed, files / commit, commit, commits, related, reported by, trade-off, trade-offs, tradeoffs, competencies, competency, best for questions about, best for, also answers, good for, use for, interview line, one-liner, headline, principle, principles, leadership principle, leadership principles, question, questions, category, theme, type, location, links, link, references, environment, team, owner, author, themes, topic, topics"

// stands are the words that stand for the problem in a story that labels none, the
// likeliest first.
var stands = [][]string{
	{"situation", "s", "situación", "情境", "情况"},
	{"context", "background", "contexto", "背景"},
}

var labelKeys = sync.OnceValue(func() map[string]string {
	keys := make(map[string]string, 400)
	for word := range strings.SplitSeq(asides, ", ") {
		keys[word] = "aside"
	}
	for _, row := range labelWords {
		for word := range strings.SplitSeq(row.words, ", ") {
			keys[word] = row.key
		}
	}
	return keys
})

// labelNote is a remark behind a label's word: "Symptom (first report)".
var labelNote = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\s*(?:\(([^()]*)\)|（([^（）]*)）|\[([^\[\]]*)\])$`)
})

// labelNumber is what stands before a label's word: "1.", "Step 2:", an emoji.
var labelNumber = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:\d{1,2}[.)]\s+|#+\s*|[\pS\x{FE0F}\x{200D}]+\s*)+`)
})

// labelWord gives a label as the table spells it.
func labelWord(label string) string {
	word := strings.ToLower(strings.ReplaceAll(label, "’", "'"))
	word = strings.Trim(labelNumber().ReplaceAllString(strings.TrimSpace(word), ""), " \t:：.?¿–—-*_")
	if strings.HasSuffix(word, ")") || strings.HasSuffix(word, "]") || strings.HasSuffix(word, "）") {
		word = labelNote().ReplaceAllString(word, "")
	}
	return strings.TrimPrefix(strings.Join(strings.Fields(word), " "), "the ")
}

// lookUp gives the key of a label, "aside" for one that no field takes, or "" where
// the table does not have it. A label that names two fields ("T + A") feeds the
// later one; one that names a field twice ("S — Situation") is that field.
func lookUp(label string) string {
	word := labelWord(label)
	if word == "" || len(word) > longestLine {
		return ""
	}
	if key, known := labelKeys()[word]; known {
		return key
	}
	if key := misspelt(word); key != "" {
		return key
	}
	first, second, two := cutPair(word)
	a, b := labelKeys()[labelWord(first)], labelKeys()[labelWord(second)]
	if !two || a == "" || b == "" || a == "aside" || b == "aside" {
		return ""
	}
	return later(a, b)
}

// misspelt gives the key of the one label that a word of six letters or more is one
// slip away from.
func misspelt(word string) string {
	if len(word) < 6 || len(word) > 16 || strings.ContainsRune(word, ' ') {
		return ""
	}
	for _, known := range longWords()[word[0]] {
		if slip(known, word) {
			return labelKeys()[known]
		}
	}
	return ""
}

// longWords are the table's words of six letters or more, by their first one.
var longWords = sync.OnceValue(func() map[byte][]string {
	words := map[byte][]string{}
	for _, row := range labelWords {
		for word := range strings.SplitSeq(row.words, ", ") {
			if len(word) > 5 && !strings.Contains(word, " ") {
				words[word[0]] = append(words[word[0]], word)
			}
		}
	}
	return words
})

// slip says whether a differs from b by one letter more, less or other, or by two
// neighbours the other way round.
func slip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(b)-len(a) == 1:
		return a[i:] == b[i+1:]
	case len(a) != len(b):
		return false
	case i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]:
		return true
	}
	return a[min(i+1, len(a)):] == b[min(i+1, len(b)):]
}

// keyOf gives the key of a label, or "" where no field takes it.
func keyOf(label string) string {
	if key := lookUp(label); key != "aside" && key != "follow-ups" {
		return key
	}
	return ""
}

// recognised says whether the table has a label.
func recognised(label string) bool { return lookUp(label) != "" }

func cutPair(word string) (first, second string, two bool) {
	for _, mark := range []string{"+", "&", "/", " and ", " - ", " – ", " — ", ": "} {
		if a, b, ok := strings.Cut(word, mark); ok && strings.TrimSpace(a) != "" && strings.TrimSpace(b) != "" {
			return strings.TrimSpace(a), strings.TrimSpace(b), true
		}
	}
	return "", "", false
}

// later is the key that comes later in a story. A setting and its problem in one
// label are the problem.
func later(a, b string) string {
	place := func(key string) int {
		return slices.IndexFunc(labelWords, func(row struct{ key, words string }) bool { return row.key == key })
	}
	switch {
	case a == "context" && b == "problem" || a == "problem" && b == "context":
		return "problem"
	case place(a) > place(b):
		return a
	}
	return b
}

// isField says whether a label names a field of prose.
func isField(label string) bool { return slices.Contains(story.TextFields, keyOf(label)) }

func isProblem(label string) bool { return keyOf(label) == "problem" }

// begins says whether a label is one that a story begins with.
func begins(label string) bool { return isProblem(label) || keyOf(label) == "context" }

// plainMarks are what may stand between a label without emphasis and its text.
var plainMarks = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([^:：=]{1,60}?)\s*(?:[:：]+(?:\s+|$)|：|\s(?:=>|->|→|–|—|-)\s+)(.*)$`)
})

// plainLabel gives the label that a line without emphasis opens with, and the rest
// of the line: words of the table with a mark behind them. A letter is a label
// only as a capital.
func plainLabel(line string) (label, rest string) {
	m := plainMarks().FindStringSubmatch(line)
	if m == nil || !recognised(m[1]) {
		return "", ""
	}
	if word := strings.TrimSpace(m[1]); len(word) == 1 && word != strings.ToUpper(word) {
		return "", ""
	}
	return m[1], strings.TrimSpace(m[2])
}

// placeholder is what a template leaves to be filled in.
var placeholder = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:\[[^\[\]]*\]|\{[^{}]*\}|<[^<>]*>|\b(?:todo|tbd|tba|tbc|n/a|yyyy|mm|dd|xx+|x%|none yet|to be written|coming soon|fill in|待补|待写)\b|[x~]?\bxx+\b%?(?:\s+\w+)?|[\s\pP\pS])*$`)
})

// bracketed is a heading to be filled in.
var bracketed = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[\s\pP]*\[[^\[\]]*\][\s\pP]*$|^[\s\pP]*<[^<>]*>[\s\pP]*$`)
})

// isPlaceholder says whether nothing but placeholders and signs is in s.
func isPlaceholder(s string) bool {
	return placeholder().MatchString(s)
}

// Headings that say what stands under them.
var (
	// method tells how to use a document or a form: not even labels make a story there.
	method = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(?:how (?:to|i write|these|this)\b|(?:the )?(?:blank )?templates?\b|.*\btemplate$|legend$|(?:the )?form(?:at)?$|adding an?\b|example (?:entry|format|template)\b|what is\b|(?:the )?star (?:method|format|framework|technique)$|method$|instructions\b|guidelines?$|usage$|using this\b|写法|模板|cómo\b|plantilla)`)
	})
	// apart is what notes hold besides stories.
	apart = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(?:overview|index|(?:table of )?contents|toc|format|notes?(?: on\b.*)?|about\b.*|.*\bgoals?\b.*|objectives|okrs?|books?|.*\breading\b.*|articles|courses|podcasts|weakness(?:es)?\b.*|strengths?\b.*|.*\bquestions?\b.*|(?:to )?ask(?: them)?|links?|(?:further )?resources|references|licen[cs]e|thanks|acknowledge?ments|credits|contact|education|certifications?|tips|tricks|(?:practice|practise|rehearsal)\b.*|schedule|.*\b(?:which|what) story\b.*|(?:story |quick |question )?(?:map|mapping|matrix)\b.*|intro(?:duction)?|about me|who i am|summary|tl;?dr|why\??|why (?:this|i want|do you|are you|us)\b.*|outside (?:of )?work|personal|hobbies|interests|to ?dos?|still to do|ideas|backlog|reminders?|checklist|(?:elevator )?pitch|(?:the )?letters|opinions?|self.introduction|prep(?:aration)?\b.*|purpose|changelog|feedback template|usual suspects|motivation|salary|logistics|company research|what they look for|libraries(?: and tools)?|提醒|目录|概览|说明|preguntas\b.*|índice|notas)$`)
	})
	// group is a heading under which a document files its projects.
	group = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(?:(?:my|key|main|major|big|bigger|selected|notable|recent|past|work|professional|side|personal|other|technical|current|completed|top|more)\s+)*(?:projects?|initiatives|(?:project |work )?(?:highlights|experience|history)|case studies|stories|accomplishments|achievements|wins|failures?|mistakes|incidents|war stories|post-?mortems|proyectos|项目)$`)
	})
	// year is a heading that is a date, a quarter or a month.
	year = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(?:(?:fy|fiscal year|year|in|the year)\s*)?(?:(?:q[1-4]|h[12]|week \d+|w\d+|` + months + `\.?|spring|summer|autumn|fall|winter|early|mid|late)[\s,/-]*)*(?:19|20)\d\d(?:[-/.]\d\d?){0,2}(?:\s*[-–—/]\s*(?:(?:19|20)?\d\d|now|today|present|(?:` + months + `)\.?\s*(?:(?:19|20)\d\d)?))?(?:\s*(?:年|q[1-4]|h[12]|accomplishments|brags?|wins|achievements|log))?$|^(?:q[1-4]|h[12]|week \d+|` + months + `)(?:\s*[-–—]\s*(?:` + months + `|q[1-4]))?$`)
	})
	// boast is a document's title or name that says that its bullets are stories.
	boast = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:brag(?:ging|s)?|hype|accomplishments?|achievements?|wins|failures?|failed|fails|mistakes|rejections?)\b`)
	})
	// principle is one of the values that an employer asks about by name.
	principle = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(?:\d+[.)]\s*)?(?:customer obsession|ownership|invent (?:and|&) simplify|(?:leaders )?are right,? a lot|learn and be curious|hire and develop(?: the best)?|insist on (?:the )?high(?:est)? standards?|think big|bias for action|frugality|earn(?:s)? trust|dive deep|have backbone|disagree and commit|deliver results|strive to be|success and scale)`)
	})
	// asked is a question that asks for a story.
	asked = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:tell (?:me|us) about (?:a|an|the|your|something|one|how)\b|(?:describe|discuss|share|explain|recall|think of) (?:a|an|the|one|your)\b|(?:give|provide)(?: me)? an example|have you ever|did you ever|when did you|(?:a|the) time (?:when |that )?you|time when)`)
	})
)

const months = `january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec`

// categories are the words that file bullets rather than tell of one thing.
const categories = `projects project work impact leadership collaboration mentorship mentoring management design docs doc
	documentation community company team building learned learning learnt talks talk speaking presentations writing blog
	blogs blogging posts feedback finished completed done shipped accomplishments achievements wins highlights awards jobs
	job career academic education school research grants grant funding rejections rejected applications interviews
	competitions startups internships internship fellowships scholarships papers paper proposals conferences conference
	journals journal publications degrees degree programs program health life personal professional technical soft skills
	misc miscellaneous other others things stuff process processes people culture hiring recruiting operations ops support
	oncall on-call incidents maintenance engineering product customers customer open source side events volunteering extra
	quality performance reliability security infrastructure frontend backend week sprint month q1 q2 q3 q4 h1 h2 failures
	failed mistakes initiatives contributions responsibilities meetings reviews code communication growth development
	kudos praise recognition activities ownership innovation delivery execution planning strategy tooling testing
	automation experience brag brags log and of the my i in for to did not get into at that have been were was with from
	on what how a`

var categoryWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for w := range strings.FieldsSeq(categories + " " + strings.ReplaceAll(months, "|", " ")) {
		words[w] = true
	}
	return words
})

// isCategory says whether a heading has nothing but words that file things.
func isCategory(heading string) bool {
	words := strings.FieldsFunc(strings.ToLower(heading), func(r rune) bool { return !isWord(r) && r != '-' })
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool {
		return !categoryWords()[w] && strings.Trim(w, "0123456789-") != ""
	})
}
