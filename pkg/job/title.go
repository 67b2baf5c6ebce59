package job

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/prep-cli/prep/pkg/text"
)

// How deep a title stands that is no Markdown heading (those are 1 to 6).
const (
	levelBold  = 7
	levelPlain = 8
	levelLabel = 9
)

// titles says what sections are called. The first kind with a phrase in the title
// wins: "what makes you stand out, not required" is nice before it is a must.
// Phrases are folded words.
var titles = []struct {
	kind    Kind
	phrases []string
}{
	{Nice, []string{"not required", "not needed", "not necessary", "not mandatory", "not essential", "not a must", "not a requirement", "non essential", "but no"}},
	{Must, []string{"must have", "must haves", "must", "minimum", "required", "basic qualifications", "mandatory"}},
	{Nice, []string{"nice", "nice to have", "nice to haves", "nice-to-have", "preferred", "preferable", "preferably", "bonus", "bonuses", "desired", "desirable", "desirables", "plus", "pluses",
		"extra", "extras", "extra points", "bonus points", "optional", "stand out", "set you apart", "good to have", "great to have", "would be great", "also have", "also had", "even better", "brownie", "advantage", "advantages",
		"advantageous", "help if", "helps if", "helpful", "beneficial", "asset", "assets", "lovely", "delighted", "also welcome", "ideally", "we'd love", "we would love", "additional", "great but", "added value", "icing", "cherry",
		"makes you special", "impress us"}},
	{Duty, []string{"get to do", "you will work on", "you'll work on", "work with us on", "tech stack", "our stack", "the stack", "technology stack", "technologies we use", "tools we use", "our tools", "technologies", "tech"}},
	{Other, []string{"benefit", "benefits", "perk", "perks", "offer", "offers", "you get", "you'll get", "you will get", "in it for you", "in return", "compensation", "salary", "pay", "package", "rewards", "equal opportunity",
		"equal opportunities", "equal employment", "eeo", "diversity", "diverse", "inclusion", "apply", "application", "applying", "apply for", "location", "contact", "privacy", "legal", "disclaimer", "accommodation", "accommodations",
		"notice", "working hours", "logistics", "why you'll love", "why you will love", "why work", "why join", "why us", "next steps", "visa", "relocation", "agencies"}},
	{About, []string{"about us", "who we are", "what we do", "the company", "our company", "company description", "company overview", "our story", "our mission", "our vision", "our values", "our culture", "our product", "company",
		"interview", "interviews", "interview process", "hiring process", "recruitment process", "selection process", "the process", "how we hire", "how we work", "the team does", "life at"}},
	{Must, []string{"qualification", "qualifications", "requirement", "requirements", "who you are", "looking for", "about you", "you bring", "you'll bring", "you will bring", "to bring", "you have", "you'll have", "you've got", "you've", "skill", "skills",
		"skillset", "essential", "essentials", "your profile", "profile", "experience", "you need", "you'll need", "you will need", "need from you", "want from you", "we need", "we ask", "we expect", "you should have", "should have", "background", "criteria", "competencies",
		"knowledge", "abilities", "expertise", "ideal candidate", "successful candidate", "the candidate", "right for you", "good fit", "great fit", "a fit", "it takes", "you are", "you're", "you know", "to succeed",
		"be successful", "education", "prerequisites", "credentials", "we seek", "we're seeking", "seeking", "you possess", "must i", "i need", "what we value"}},
	{Duty, []string{"responsibility", "responsibilities", "duties", "duty", "you will", "you'll", "you do", "would do", "i do", "the role", "your role", "this role", "role", "the job", "your job", "the position", "position", "tasks", "task", "day to day", "day-to-day", "typical day", "mission",
		"your work", "the work", "work looks like", "impact", "accountabilities", "purpose", "projects", "challenge", "challenges", "the opportunity", "opportunity", "job description", "overview", "summary", "you would", "you'd",
		"scope", "objectives", "deliverables", "key areas", "success", "first year", "your team"}},
}

// filler is what a title may hold beside one of its phrases.
const filler = ` a all also an and any are as at be but can do doing essential for from had have here how i if ideal ideally if in is it it's job key looking main makes most of on or other our overview own part
 position please role some someone technical professional personal general the this to up us we we're what what's when who will with work would you you'd you'll you're your yours join us good great new first day days year love really want need more about core primary secondary `

// titleKind is the kind of the section that a title opens, and whether it tells.
func titleKind(title string) (Kind, bool) {
	words := text.Words(title)
	for _, t := range titles {
		if holds(words, t.phrases) {
			return t.kind, true
		}
	}
	if len(words) > 1 && words[0] == "about" {
		return About, true
	}
	return "", false
}

var titleWords = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(filler) {
		set[w] = true
	}
	for _, t := range titles {
		for _, p := range t.phrases {
			for w := range strings.FieldsSeq(p) {
				set[w] = true
			}
		}
	}
	return set
})

// titleOnly says whether a line is a known title and nothing else.
func titleOnly(s string) bool {
	for _, w := range text.Words(s) {
		if !titleWords()[w] {
			return false
		}
	}
	_, known := titleKind(s)
	return known
}

// heading says whether row i is the title of what follows, and how deep it stands.
func heading(rows []row, i int) (title string, level int, ok bool) {
	r := rows[i]
	title = strings.TrimRight(r.text, ": ")
	words := len(strings.Fields(title))
	switch {
	case r.mark == headed && words <= 15:
		return title, r.level, true
	case r.mark == bold && words <= 12 && (!strings.HasSuffix(title, ".") || words <= 4):
		return title, levelBold, true
	case r.mark == bullet:
		return title, levelPlain, words <= 8 && i+1 < len(rows) && rows[i+1].sign != r.sign && titleLike(title)
	case r.mark == plain:
		return title, levelPlain, plainHeading(rows, i, words)
	}
	return "", 0, false
}

// titleLike says whether a line after a sign reads as a title.
func titleLike(s string) bool { return titleOnly(s) || strings.HasPrefix(text.Fold(s), "about ") }

// plainHeading says whether an unmarked row is a title: by its words, its capitals,
// a colon or question mark, or by standing alone before a list or a long text.
func plainHeading(rows []row, i, words int) bool {
	s := rows[i].text
	colon, question := strings.HasSuffix(s, ":"), strings.HasSuffix(s, "?")
	switch {
	case i+1 == len(rows) || strings.HasSuffix(s, ",") || endsSentence(s) && !question:
		return false
	case colon && bulletAt(rows, i+1):
		return words <= 40
	case question:
		return words <= 10 && (rows[i].gap || titleLike(s))
	case words <= 8 && (colon || titleOnly(s) || capitals(s)):
		return true
	}
	return standsAlone(rows, i, words)
}

// standsAlone says whether a row of no sign of its own is a title by its place.
func standsAlone(rows []row, i, words int) bool {
	apart := rows[i].gap || i > 0 && rows[i-1].mark == bullet
	if bulletAt(rows, i+1) {
		_, known := titleKind(rows[i].text)
		return apart && (words <= 8 || known && words <= 20)
	}
	return rows[i].gap && words <= 6 && len(strings.Fields(rows[i+1].text)) > 12
}

func bulletAt(rows []row, i int) bool { return i < len(rows) && rows[i].mark == bullet }

// endsSentence says whether a line ends as a sentence does.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, `"')”’ `)
	return s != "" && strings.ContainsAny(s[len(s)-1:], ".!?")
}

func capitals(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 4
}

// facts are the labels of a posting's frame: "Location: Leeds" asks for nothing.
const facts = `|location|place|city|office|salary|pay|pay range|compensation|type|job type|contract|contract type|department|team|grade|level|start|start date|shift|hours|working hours|
|reporting to|reports to|report to|manager|employment|employment type|seniority|posted|job id|req id|reference|ref|id|closing date|deadline|duration|rate|workplace|work mode|remote|travel|website|contact|email|band|hiring manager|date|
|job title|position|employer|company|organisation|organization|role|job|vacancy|industry|sector|language|eligibility|clearance|`

func isFact(label string) bool { return strings.Contains(facts, "|"+text.Fold(label)+"|") }

// labelled splits "Requirements: Java and SQL" or "Location: Leeds"; ok where the
// label is a title's or a fact's.
func labelled(r row) (label, rest string, ok bool) {
	label, rest, ok = strings.Cut(r.text, ":")
	if !ok || r.mark == bullet || rest == "" || rest[0] != ' ' || len(strings.Fields(label)) > 5 {
		return "", "", false
	}
	label, rest = strings.TrimSpace(label), strings.TrimSpace(rest)
	return label, rest, rest != "" && (isFact(label) || titleOnly(label))
}

var (
	titleLabel = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(job title|title|position|role|vacancy|job)\s*:\s*(.+)$`)
	})
	companyLabel = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(company|employer|organisation|organization|client|hiring company)(?: name)?\s*:\s*([^|]+)`)
	})
	hiring = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(we['’]?re hiring|we are hiring|now hiring|hiring|job description|job posting|job opening|wanted|position|job title)\s*[:–—-]\s*`)
	})
	gender = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\s*[(\[]\s*(?:[mfwdxi](?:\s*[/|*]\s*[mfwdxni]+)+|all genders|gn)\s*[)\]]`)
	})
	atCompany = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(.{3,80}?)\s+(?:@|at)\s+(\p{Lu}[^|,(]{1,40})`) })
	wanted    = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\b(?:looking for|hiring|seeking|recruiting|searching for)(?: (?:an?|our|their|its|the|first|second|third|new|another|experienced))* ((?:\p{Lu}[\p{L}/+#-]*(?: (?:of|and|&) | ?)){1,6})`)
	})
	aboutName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^About (\p{Lu}[\p{L}\d&.' -]{1,40})$`) })
)

// head finds the title and the company, and gives the rows without the title.
func head(rows []row) (title, company string, rest []row) {
	at := titleRow(rows)
	if at >= 0 {
		title = rows[at].text
		if m := titleLabel().FindStringSubmatch(title); m != nil {
			title = m[2]
		}
		title = gender().ReplaceAllString(hiring().ReplaceAllString(title, ""), "")
		if m := atCompany().FindStringSubmatch(title); m != nil {
			title, company = m[1], strings.TrimSpace(m[2])
		}
		rows = append(append([]row(nil), rows[:at]...), rows[at+1:]...)
	}
	if c := companyRow(rows); c != "" {
		company = c
	}
	if title == "" {
		title = wantedTitle(rows)
	}
	return strings.TrimSpace(title), company, rows
}

// wantedTitle is the job that a sentence asks for: "is looking for an …".
func wantedTitle(rows []row) string {
	for _, r := range rows[:min(len(rows), 12)] {
		for _, m := range wanted().FindAllStringSubmatch(r.text, -1) {
			if namesTrade(m[1]) {
				return m[1]
			}
		}
	}
	return ""
}

// trades are the words that a job's title ends in.
const trades = ` engineer developer programmer architect manager lead leader head director designer scientist analyst administrator admin specialist consultant tester researcher sre devops
 technician officer owner coach cto vp principal intern evangelist advocate master expert engineers developers entwickler `

// titleRow is the row that names the job, -1 where none does: one that says so,
// else the first short one that names a trade, else the first.
func titleRow(rows []row) int {
	top := rows[:min(len(rows), 12)]
	for i, r := range top {
		if titleLabel().MatchString(r.text) && len(strings.Fields(r.text)) <= 16 {
			return i
		}
	}
	for i, r := range top {
		if mayTitle(rows, i) && r.mark != bullet && namesTrade(r.text) {
			return i
		}
	}
	if len(rows) > 0 && mayTitle(rows, 0) {
		return 0
	}
	return -1
}

// mayTitle says whether row i could be a title: short, no sentence, no list.
func mayTitle(rows []row, i int) bool {
	r := rows[i]
	inList := r.mark == bullet && (bulletAt(rows, i+1) || len(rows) == 1)
	return len(strings.Fields(r.text)) <= 14 && !strings.ContainsAny(r.text[len(r.text)-1:], ".,:;?") && !titleOnly(r.text) && !inList
}

func companyRow(rows []row) string {
	for i, r := range rows {
		if m := companyLabel().FindStringSubmatch(r.text); m != nil && i < 12 {
			return strings.TrimSpace(m[2])
		}
	}
	for _, r := range rows {
		if m := aboutName().FindStringSubmatch(r.text); m != nil && r.mark != plain {
			if kind, known := titleKind(r.text); known && kind == About {
				return m[1]
			}
		}
	}
	return ""
}

func namesTrade(s string) bool {
	for _, w := range text.Words(s) {
		if strings.Contains(trades, " "+w+" ") {
			return true
		}
	}
	return false
}
