package star

import (
	"maps"
	"strings"
	"sync"
)

// irregular holds verbs as base, past and participle; a slash parts two forms.
const irregular = `arise arose arisen|awake awoke awoken|beat beat beaten|become became become|begin began begun|bend bent bent|bet bet bet|
bite bit bitten|bleed bled bled|blow blew blown|break broke broken|bring brought brought|build built built|burn burnt/burned burnt/burned|buy bought bought|
catch caught caught|choose chose chosen|come came come|cost cost cost|cut cut cut|deal dealt dealt|dig dug dug|do did done|draw drew drawn|
drive drove driven|eat ate eaten|fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found found|fly flew flown|
forbid forbade forbidden|forget forgot forgotten|freeze froze frozen|get got gotten|give gave given|go went gone|grow grew grown|hang hung hung|
have had had|hear heard heard|hide hid hidden|hit hit hit|hold held held|hurt hurt hurt|keep kept kept|know knew known|lay laid laid|lead led led|
learn learnt/learned learnt/learned|leave left left|lend lent lent|let let let|lose lost lost|make made made|mean meant meant|meet met met|
oversell oversold oversold|overwrite overwrote overwritten|pay paid paid|put put put|quit quit quit|read read read|rebuild rebuilt rebuilt|
redo redid redone|reset reset reset|rewrite rewrote rewritten|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said said|
see saw seen|seek sought sought|sell sold sold|send sent sent|set set set|shake shook shaken|show showed shown|shrink shrank shrunk|shut shut shut|
sing sang sung|sink sank sunk|sit sat sat|sleep slept slept|speak spoke spoken|spend spent spent|spin spun spun|split split split|spread spread spread|
stand stood stood|steal stole stolen|stick stuck stuck|strike struck struck|sweep swept swept|swim swam swum|swing swung swung|take took taken|
teach taught taught|tear tore torn|tell told told|think thought thought|throw threw thrown|unbind unbound unbound|undergo underwent undergone|
understand understood understood|undo undid undone|wake woke woken|wear wore worn|win won won|withdraw withdrew withdrawn|write wrote written|
ship shipped shipped|stop stopped stopped|plan planned planned|map mapped mapped|wrap wrapped wrapped|drop dropped dropped|pin pinned pinned|
log logged logged|debug debugged debugged|tag tagged tagged|cap capped capped|scan scanned scanned|swap swapped swapped|trim trimmed trimmed|
refer referred referred|transfer transferred transferred|permit permitted permitted|submit submitted submitted|commit committed committed|
grep grepped grepped|skip skipped skipped|strip stripped stripped|unplug unplugged unplugged|pair paired paired|broadcast broadcast broadcast|chat chatted chatted`

// regular holds the regular verbs that notes lead with in their base form: those
// that are hardly ever nouns at the head of a note.
const regular = `add adapt adjust adopt agree allow analyse analyze apply arrange ask assemble assess assign audit automate avoid batch bisect bound
calculate call centralise centralize change check clarify clean clear collect combine compare compile compress compute confirm consolidate containerise
containerize convert convince coordinate correct create decide declare decouple decrease deduplicate define delay delete deliver demonstrate deploy deprecate
describe detect determine develop diagnose disable discover discuss document downgrade eliminate enable encrypt enforce ensure escalate establish estimate
evaluate examine expand explain export expose extend extract facilitate filter finish fix follow gather generate guide handle help identify implement import
improve increase inject inspect install instrument integrate interview introduce inventory investigate invite isolate launch limit list load lock locate
lower maintain measure mentor merge migrate mitigate mock modify monitor move negotiate normalise normalize notice notify onboard open optimise optimize
organise organize own parallelise parallelize partition patch persuade plot prepare present prevent prioritise prioritize profile propose protect prototype
prove provide provision publish pull push rank reach reassure recommend reconcile reconfigure record recover redesign reduce refactor rehearse reindex release
remove rename reorganise reorganize repair replace replay replicate report reproduce request research resolve respond restart restore restrict restructure
retire revert review revoke rework roll rotate sample schedule script secure separate serialise serialize serve share simplify simulate sketch solve specify
stabilise stabilize standardise standardize start streamline suggest summarise summarize switch talk test throttle trace track train translate trigger triage
tune turn uncover unify update upgrade use validate verify version visit volunteer walk warn work`

// notPast holds words that end like a past form and are none, or whose lead
// position makes no act of anyone ("Based on …").
const notPast = `based supposed unused need feed seed speed indeed hundred red bed shed weed exceed proceed succeed breed naked sacred wicked related compared
given unexpected unauthorized unauthorised undocumented unflushed unattended uninterrupted unbounded unsupported unsigned untested unneeded unwanted
unrelated unnamed unowned unlimited unmaintained so-called left-handed aged`

// attributive holds past forms that stand before nouns as often as they act:
// "Automated tests caught it", "Automated the tests".
const attributive = `automated distributed scheduled failed expired cached increased reduced improved limited shared repeated mixed detailed nested delayed missed
broken abandoned combined added deployed managed hosted embedded generated linked blocked queued planned estimated affected published merged forced closed
opened unified simplified dedicated associated tired outdated concerned isolated`

// verbTable answers what a word is among verbs.
type verbTable struct {
	base       map[string]string // past form → base
	past       map[string]string // base → past form
	participle map[string]string // base → participle
	onlyPart   map[string]bool   // participles that are no past form
	third      map[string]bool   // "writes", "refuses"
	gerund     map[string]string // "adding" → base
	notPast    map[string]bool
	adjective  map[string]bool
}

var verbs = sync.OnceValue(func() *verbTable {
	t := &verbTable{map[string]string{}, map[string]string{}, map[string]string{}, map[string]bool{}, map[string]bool{}, map[string]string{}, set(notPast), set(attributive)}
	for row := range strings.SplitSeq(irregular, "|") {
		f := strings.Fields(row)
		t.put(f[0], strings.Split(f[1], "/"), strings.Split(f[2], "/"))
	}
	for base := range strings.FieldsSeq(regular) {
		past := []string{withEd(base)}
		t.put(base, past, past)
	}
	for _, participle := range t.participle {
		if t.base[participle] == "" {
			t.onlyPart[participle] = true
		}
	}
	return t
})

func (t *verbTable) put(base string, past, participle []string) {
	for _, p := range past {
		t.base[p] = base
	}
	t.past[base], t.participle[base] = past[0], participle[0]
	t.third[withS(base)] = true
	t.gerund[withIng(base, past[0])] = base
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func withEd(base string) string {
	switch {
	case strings.HasSuffix(base, "e"):
		return base + "d"
	case consonantY(base):
		return base[:len(base)-1] + "ied"
	}
	return base + "ed"
}

func withS(base string) string {
	switch {
	case consonantY(base):
		return base[:len(base)-1] + "ies"
	case strings.HasSuffix(base, "s"), strings.HasSuffix(base, "sh"), strings.HasSuffix(base, "ch"), strings.HasSuffix(base, "x"), base == "do", base == "go":
		return base + "es"
	}
	return base + "s"
}

// doubling holds the irregular verbs whose last letter doubles before -ing.
const doubling = " put set cut get let hit run split quit begin sit spin win dig swim shut reset forget "

// withIng follows the past form where that doubles a consonant ("shipped").
func withIng(base, past string) string {
	switch {
	case len(past) == len(base)+3 && strings.HasSuffix(past, "ed"):
		return past[:len(past)-2] + "ing"
	case strings.Contains(doubling, " "+base+" "):
		return base + base[len(base)-1:] + "ing"
	case strings.HasSuffix(base, "e") && !strings.HasSuffix(base, "ee"):
		return base[:len(base)-1] + "ing"
	}
	return base + "ing"
}

func consonantY(w string) bool {
	return len(w) > 2 && strings.HasSuffix(w, "y") && !strings.ContainsRune("aeiou", rune(w[len(w)-2]))
}

// isPast says whether a lower-case word can be a past form that leads a note.
func (t *verbTable) isPast(w string) bool {
	if t.base[w] != "" {
		return true
	}
	return len(w) > 4 && strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "eed") && !t.notPast[w] && !strings.Contains(w, "-")
}

// participleOf gives the participle of a past form or base: "wrote" → "written".
func (t *verbTable) participleOf(w string) (string, bool) {
	if base := t.base[w]; base != "" {
		return t.participle[base], true
	}
	if p := t.participle[w]; p != "" {
		return p, true
	}
	if base := t.gerund[w]; base != "" {
		return t.participle[base], true
	}
	return w, t.isPast(w) || t.onlyPart[w]
}

// Past says whether a word in lower case can be a past form: "deleted", "wrote".
func Past(word string) bool { return verbs().isPast(word) }

// Base gives a verb's base form for any form of it that is known, and any other
// word as it is: "wrote", "written" and "writing" give "write". Words are in lower
// case.
func Base(word string) string {
	if base := bases()[word]; base != "" {
		return base
	}
	return word
}

var bases = sync.OnceValue(func() map[string]string {
	forms := map[string]string{}
	for base, participle := range verbs().participle {
		forms[participle] = base
	}
	for _, known := range []map[string]string{verbs().base, verbs().gerund} {
		maps.Copy(forms, known)
	}
	return forms
})
