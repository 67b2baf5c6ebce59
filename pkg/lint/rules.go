package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/prep-cli/prep/pkg/yaml"
)

// Rule is something that lint looks for, with what a person should know of it.
type Rule struct {
	Name          string
	Severity      string // Error or Warning
	What          string // when it speaks
	Why           string // what it costs in an interview
	Before, After string // an example of a text and of a better one

	prose bool // reads English sentences
	check func(s *subject, report report)
}

// Rules lists the rules: what is broken, what weakens an answer, tags, and what
// must not leave.
func Rules() []Rule { return slices.Clone(rules) }

var rules = []Rule{
	{
		Name: "schema", Severity: Error,
		What:   "The file cannot be read: it is no YAML, a key is unknown or stands twice, a value has the wrong type, or title or problem is missing.",
		Why:    "No command can use the story, nor any that needs the whole library.",
		Before: "impct: Nobody waits now.", After: "impact: Nobody waits now.",
	},
	{
		Name: "competency", Severity: Error, check: knownCompetencies,
		What:   "A claimed competency is none that prep or your config knows.",
		Why:    "No question can probe it, so the claim never brings the story up.",
		Before: "competencies: [faliure]", After: "competencies: [failure]",
	},
	{
		Name: "placeholder", Severity: Warning, check: placeholders,
		What:   "A text that was to be filled in later still stands there: TODO, TBD, [what went wrong], <name>, X%, lorem ipsum.",
		Why:    "It would be read out, or the answer has a hole where it should be.",
		Before: "impact: Latency went down by X%.", After: "impact: Latency went down by 40%.",
	},
	{
		Name: "long-setup", Severity: Warning, prose: true, check: longSetup,
		What:   "Problem and context together have more words than investigation, root cause and resolution.",
		Why:    "Interviewers listen for what you did. Career services advise to spend a third of the time at most on the situation.",
		Before: "Ninety words on how the company's billing grew, then: I added an index.",
		After:  "Thirty words on the slow invoice page, then what you measured, tried and changed.",
	},
	{
		Name: "no-act", Severity: Warning, prose: true, check: noAct,
		What:   "No sentence of investigation, root cause and resolution says what you did yourself, with I or as a note such as \"Added an index\".",
		Why:    "An answer in which the team or others act says nothing about you, and it is you whom they may hire.",
		Before: "resolution: We rolled the release back and the vendor patched the driver.",
		After:  "resolution: I called for the rollback, and I gave the vendor the trace that led to the patch.",
	},
	{
		Name: "passive", Severity: Warning, prose: true, check: passive,
		What:   "Every sentence of investigation or resolution is in the passive voice.",
		Why:    "\"It was fixed\" hides who fixed it, and prep never makes a claim of it that you did not write.",
		Before: "resolution: The logs were searched and the query was rewritten.",
		After:  "resolution: I searched the logs and rewrote the query.",
	},
	{
		Name: "no-result", Severity: Warning, prose: true, check: noResult,
		What:   "The story has no impact, and no sentence of the resolution tells what came of it.",
		Why:    "An answer without a result ends in the air: the interviewer will ask, or assume that there was none.",
		Before: "resolution: I moved the thumbnails to a CDN.",
		After:  "impact: The page now loads in 1.2 seconds, down from 6.",
	},
	{
		Name: "no-figure", Severity: Warning, prose: true, check: noFigure,
		What:   "The impact holds no figure: no count, time, share or amount.",
		Why:    "A figure is what people remember and believe. An honest estimate (\"about forty orders a day\") does as well.",
		Before: "impact: Checkout became faster.",
		After:  "impact: Checkout went from 9 seconds to 2, for about 3,000 orders a day.",
	},
	{
		Name: "no-lesson", Severity: Warning, prose: true, check: noLesson,
		What:   "The story is one of failure, by its competencies or its own words, and has no lessons.",
		Why:    "Questions about mistakes ask for what you learned. Without it, all that is left is the mistake.",
		Before: "problem: I dropped the wrong table.",
		After:  "lessons: I no longer type DROP in production; the migration does it, after a second person has read it.",
	},
	{
		Name: "too-long", Severity: Warning, check: tooLong,
		What:   "Told whole, the story takes over five minutes at your pace (wpm in the config, 140 words a minute if it is not set).",
		Why:    "Two minutes are usual. prep leaves sentences out to fit, and which ones is better your choice than its.",
		Before: "Eight hundred words with every dead end.", After: "The two dead ends that led to the cause.",
	},
	{
		Name: "vague", Severity: Warning, prose: true, check: vague,
		What:   "A word promises something and nothing near it says what: \"significantly\" without a figure, \"various issues\" without one of them, \"was involved in\" without the deed, \"best practices\" without one.",
		Why:    "It sounds like filler, and a good interviewer asks what is behind it.",
		Before: "It significantly improved performance.", After: "It cut the median response from 900 ms to 120.",
	},
	{
		Name: "acronym", Severity: Warning, prose: true, check: acronyms,
		What:   "An abbreviation that not every engineer knows is spelled out nowhere in the story. Names of the skill taxonomy count as known.",
		Why:    "House abbreviations lose the listener in the first sentence.",
		Before: "The OMS dropped orders.", After: "The order management system (OMS) dropped orders.",
	},
	{
		Name: "near-duplicate", Severity: Warning, check: nearDuplicate,
		What:   "Half of the phrases of the story, or more, are those of another story of the library.",
		Why:    "The same incident twice crowds out other stories in a ranking, and you may tell it twice in one day.",
		Before: "stories/outage.yaml and stories/outage-2.yaml, one a copy of the other.",
		After:  "One story, with what was better in either.",
	},
	{
		Name: "repeated", Severity: Warning, check: repeatedTags,
		What:   "A skill or a competency stands twice in its list.",
		Why:    "It adds nothing, and often the second was meant to be another one.",
		Before: "skills: [Go, SQL, go]", After: "skills: [Go, SQL]",
	},
	{
		Name: "unsupported-skill", Severity: Warning, prose: true, check: unsupportedSkills,
		What:   "A technical skill is tagged, yet no text of the story mentions it, another name of it, or a neighbour.",
		Why:    "A tag brings the story up for a posting, and then the answer never mentions the skill.",
		Before: "skills: [Kubernetes], and a story about a CSS bug.",
		After:  "A sentence on what you did with Kubernetes there, or no tag.",
	},
	{
		Name: "not-english", Severity: Warning, check: notEnglish,
		What:   "The texts do not look like English.",
		Why:    "prep understands English: matching and telling such a story is guesswork, and the other rules about prose are silent on it.",
		Before: "problem: Der Dienst fiel jede Nacht um zwei aus.", After: "problem: The service failed at two every night.",
	},
	{
		Name: "unknown-rule", Severity: Warning,
		What:   "A \"# prep:ignore\" comment names no rule, or none that there is.",
		Why:    "It waves nothing through, and you may think that it does.",
		Before: "# prep:ignore vauge", After: "# prep:ignore vague",
	},
	{
		Name: "secret", Severity: Error, check: secrets,
		What:   "A key, token or password: of AWS, Google Cloud, Azure, GitHub, GitLab, Slack, Stripe, OpenAI and others, a JSON Web Token, a private key, a password in a URL or behind a name such as password or api_key.",
		Why:    "Notes are copied from terminals. What is in a story ends up on a screen that is shared, and who has read it has it.",
		Before: "problem: The job ran with AWS_ACCESS_KEY_ID=AKIA… in its log.",
		After:  "problem: The job wrote its AWS access key into its log.",
	},
	{
		Name: "email", Severity: Warning, check: emails,
		What:   "An e-mail address, those of example domains aside.",
		Why:    "It is personal data of somebody who has not agreed to be in your answer.",
		Before: "I mailed jo.doe@globex.com.", After: "I mailed the customer's lead developer.",
	},
	{
		Name: "ip-address", Severity: Warning, check: addresses,
		What:   "An IP address, those of loopback, documentation, public resolvers and netmasks aside.",
		Why:    "An address of a person is personal data, and one of a host tells outsiders about the inside.",
		Before: "The attacks came from 84.17.53.2.", After: "The attacks came from one hosting company.",
	},
	{
		Name: "phone", Severity: Warning, check: phones,
		What:   "A telephone number, those reserved for fiction aside.",
		Why:    "It is personal data, and nobody needs it in an answer.",
		Before: "I rang +49 30 901820.", After: "I rang the data centre.",
	},
	{
		Name: "confidential", Severity: Warning, check: keptBack,
		What:   "A word of the config's confidential list.",
		Why:    "You said that it must not leave. Commands warn when they show it, and --redact replaces it; best is a text that does not need it.",
		Before: "Globex threatened to leave.", After: "Our largest client threatened to leave.",
	},
}

// find gives the rule of that name, or nil.
func find(name string) *Rule {
	at := slices.IndexFunc(rules, func(r Rule) bool { return r.Name == name })
	if at < 0 {
		return nil
	}
	return &rules[at]
}

// Find gives the rule of that name; the error names the nearest.
func Find(name string) (Rule, error) {
	if r := find(strings.TrimSpace(name)); r != nil {
		return *r, nil
	}
	names := Names()
	if near := yaml.Near(name, names); near != "" {
		return Rule{}, fmt.Errorf("unknown rule %q (did you mean %q?)", name, near)
	}
	return Rule{}, fmt.Errorf("unknown rule %q: the rules are %s", name, strings.Join(names, ", "))
}

// Names lists the rules' names in their order.
func Names() []string {
	names := make([]string, len(rules))
	for i := range rules {
		names[i] = rules[i].Name
	}
	return names
}
