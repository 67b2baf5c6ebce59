package lint

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/prep-cli/prep/pkg/text"
)

// promise is a class of words that promise something, what keeps the promise when
// it stands near, and what to do where nothing does.
type promise struct {
	signs  []string // lower case; one stands in every text that words matches
	words  *regexp.Regexp
	fields []string // where it counts; nil everywhere but in hindsight
	kept   func(n note, next string) bool
	advice string
}

var promises = sync.OnceValue(func() []promise {
	signs := func(words string) []string { return strings.Split(words, "|") }
	phrases := func(words string) *regexp.Regexp { return regexp.MustCompile(`(?i)\b(?:` + words + `)\b`) }
	listed := regexp.MustCompile(`(?i)\b(?:such as|including|like|namely|for example|for instance|e\.g|above all|especially)\b|:|\(|—| [-–] `)
	how := regexp.MustCompile(`(?i)\bby (?:[a-z]+ly )?[a-z]+ing\b`)
	figure := func(n note, next string) bool { return hasFigure(n.text) || hasFigure(next) }
	named := func(n note, next string) bool {
		return hasFigure(n.text) || listed.MatchString(n.text) || listed.MatchString(next)
	}
	return []promise{
		{
			signs("significant|dramatic|drastic|great|huge|massive|tremendous|considerabl|substantial|vastly|immensely|much |way |far |big |major"),
			phrases(`significantly|dramatically|drastically|greatly|hugely|massively|tremendously|considerably|substantially|vastly|immensely|(?:much|way|far) (?:better|faster|smoother|quicker|more (?:stable|reliable|efficient))|` +
				`(?:a )?(?:huge|great|big|significant|massive|major|dramatic|considerable|substantial) (?:improvements?|impact|difference|success|gains?|increase|decrease|reduction|boost|speed-?up)|great results?`),
			nil, figure, "by how much? give the figure",
		},
		{
			signs("various|numerous|things|issues|improvements|optimi|stuff|measures|so on|so forth|etc|the like|name it"),
			phrases(`various (?:\w+ )?(?:things|issues|problems|improvements|changes|fixes|tasks|areas|aspects|ways|reasons|optimi[sz]ations|measures|stakeholders|tools)|numerous (?:\w+ )?(?:things|issues|problems|improvements|changes|fixes|tasks|occasions)|` +
				`(?:several|some|many|multiple|a number of|a bunch of|a lot of|lots of|all kinds of|all sorts of|different) (?:things|issues|improvements|optimi[sz]ations|stuff|measures)|` +
				`stuff|and so on|and so forth|etc|things like that|and the like|you name it`),
			nil, named, "name them, or the one that mattered",
		},
		{
			signs("involved|helped|assisted|participated|took part|part of|dealt with|handled|took care|worked|my best|tried|improvements|adjustments"),
			phrases(`(?:was|were|been|got) (?:\w+ly |also |very )?involved (?:in|with)|helped out|helped with|assisted (?:with|in)|participated in|took part in|was (?:a )?part of|dealt with it|handled (?:it|things|everything|the situation)|` +
				`took care of (?:it|things|everything)|worked (?:hard )?on (?:it|things|improvements)|did my best|tried (?:very )?hard|tried my best|made (?:some |several |a few )?(?:improvements|adjustments)`),
			[]string{"task", "investigation", "root_cause", "resolution"},
			func(n note, next string) bool { return named(n, next) || how.MatchString(n.text) },
			"say what you did yourself",
		},
		{
			signs("practice|cutting|state|class|synerg|holistic|paradigm|game|the box|above and|team player|value|needle|low|win|next level|solution|seamless"),
			phrases(`(?:industry )?best[- ]practices?|cutting[- ]edge|state[- ]of[- ]the[- ]art|world[- ]class|best[- ]in[- ]class|synerg(?:y|ies)|holistic(?:ally)?|paradigm shift|game[- ]chang(?:er|ing)|outside the box|above and beyond|` +
				`team player|value[- ]add|moved the needle|low[- ]hanging fruits?|win[- ]win|to the next level|robust solution|innovative solution|seamless(?:ly)?|high[- ]quality solution`),
			nil, named, "say what it was in plain words",
		},
	}
})

// vague reports words that promise what no word near them keeps.
func vague(s *subject, report report) {
	low := strings.ToLower(s.told())
	for _, p := range promises() {
		if !slices.ContainsFunc(p.signs, func(sign string) bool { return strings.Contains(low, sign) }) {
			continue
		}
		for i, n := range s.notes {
			if n.key == "hindsight" || p.fields != nil && !slices.Contains(p.fields, n.key) {
				continue
			}
			at := p.words.FindStringIndex(n.text)
			if at == nil {
				continue
			}
			next := ""
			if i+1 < len(s.notes) && s.notes[i+1].key == n.key {
				next = s.notes[i+1].text
			}
			if !p.kept(n, next) {
				report(n.within(at[0]), "%q is vague: %s", n.text[at[0]:at[1]], p.advice)
			}
		}
	}
}

// unfilled are the marks of a text that waits to be written.
var unfilled = sync.OnceValue(func() []*regexp.Regexp {
	return []*regexp.Regexp{
		regexp.MustCompile(`\b(?:TODO|TBD|TBC|FIXME|XXX+)\b`),
		regexp.MustCompile(`(?i)^\W*(todo|tbd|fixme)\b\W`),
		regexp.MustCompile(`(?i)^\W*(?:n/?a|none|nothing|unknown|todo|tbd|fill (?:this|me|it) in|to be (?:done|written|determined|added|filled in)|write (?:this|me)|coming soon)\W*$`),
		regexp.MustCompile(`^[\s.…?_\-–—*]+$`),
		regexp.MustCompile(`(?i)\blorem ipsum\b`),
		regexp.MustCompile(`^\s*(\[[A-Za-z][^\[\]\n]{2,}\])\.?\s*$`),
		regexp.MustCompile(`(?:^|[^\w\])])(\[(?:[A-Z][^\[\]\n]* [^\[\]\n]{1,70}|(?i:what|your|name|company|number|insert|describe|add|date|role|team|product|result|metric)\b[^\[\]\n]{0,60})\])(?:$|[^(\[\w])`),
		regexp.MustCompile(`(?i)(?:^|[^\w])(<(?:your|the|name|company|team|insert|what|number|date|product|project|customer|client|role|figure|x)\b[^<>\n]{0,40}>)`),
		regexp.MustCompile(`(?:^|[\s(~$€£])((?:X{1,3}|Y{2,3}|N{2,3}) ?(?:%|percent|ms|hours|minutes|seconds|days|weeks|months|users|customers|requests|times|engineers|people))(?:$|\W)`),
		regexp.MustCompile(`(?i)\b(?:insert (?:\w+ ){1,4}here|(?:your|the) (?:name|title|text|story|figure|number|result|company) (?:goes )?here)\b`),
		regexp.MustCompile(`\?{3,}|_{4,}`),
	}
})

// placeholders reports texts that wait to be written.
func placeholders(s *subject, report report) {
	for _, v := range s.values() {
		if v.text == "" || v.key == "source" {
			continue
		}
		for _, p := range unfilled() {
			m := p.FindStringSubmatchIndex(v.text)
			if m == nil {
				continue
			}
			if len(m) > 2 {
				m = m[2:]
			}
			if found := strings.TrimSpace(v.text[m[0]:m[1]]); !spared(v.text, m[0], found) {
				report(place{v.key, v.item, m[0]}, "%q is a placeholder: write it, or delete it", found)
				break
			}
		}
	}
}

// spared says whether what looks like a placeholder is meant: "a TODO in the
// code", "[sic]".
func spared(s string, at int, found string) bool {
	switch strings.ToLower(strings.Trim(found, "[]")) {
	case "sic", "redacted", "confidential", "name withheld", "anonymised", "anonymized", "removed":
		return true
	}
	words := text.Words(s[:at])
	if len(words) == 0 || !strings.HasPrefix(found, "TODO") && !strings.HasPrefix(found, "FIXME") {
		return false
	}
	switch words[len(words)-1] {
	case "a", "the", "an", "old", "this", "that", "every", "my", "our", "its", "their", "no", "of", "as", "and", "or":
		return true
	}
	return false
}

var capitals = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b[A-Z]{2,6}s?\b`) })

// acronyms reports abbreviations that are spelled out nowhere, each once.
func acronyms(s *subject, report report) {
	var words []string // of all the texts, lower case
	for _, v := range s.values() {
		words = append(words, text.Words(v.text)...)
	}
	seen := map[string]bool{}
	for _, v := range s.values() {
		if v.key == "source" || v.key == "company" || v.key == "skills" {
			continue
		}
		for _, at := range capitals().FindAllStringIndex(v.text, -1) {
			name := strings.TrimSuffix(v.text[at[0]:at[1]], "s")
			if len(name) < 2 || seen[name] {
				continue
			}
			seen[name] = true
			if !s.familiar(name) && !part(v.text, at) && !shouted(v.text, at, words) && !spelled(name, words) && !bracketed(name, s.told()) {
				report(place{v.key, v.item, at[0]}, "%s is spelled out nowhere", name)
			}
		}
	}
}

// familiar says whether a listener in software knows the name.
func (s *subject) familiar(name string) bool {
	if is(common, strings.ToLower(name)) || strings.Contains(strings.ToUpper(s.Company), name) {
		return true
	}
	if s.o.Skills == nil {
		return false
	}
	_, ok := s.o.Skills.Find(name)
	return ok
}

// part says whether the capitals belong to a longer name: "X-API-KEY", "PROD_DB", "RS232".
func part(s string, at []int) bool {
	joins := func(c byte) bool { return strings.IndexByte("_-/.&#+$", c) >= 0 }
	return at[0] > 1 && joins(s[at[0]-1]) && sounds(s[at[0]-2]) || at[1]+1 < len(s) && joins(s[at[1]]) && sounds(s[at[1]+1])
}

func sounds(c byte) bool { return c >= 0x80 || unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c)) }

// shouted says whether the capitals are a common word for emphasis, or a run of
// capitals as in a command: "SELECT FOR UPDATE".
func shouted(s string, at []int, words []string) bool {
	name := strings.TrimSuffix(s[at[0]:at[1]], "s")
	low := strings.ToLower(name)
	if text.Stop(low) || is(emphasis, low) {
		return true
	}
	before, after := strings.Fields(s[:at[0]]), strings.Fields(s[at[1]:])
	shouts := func(w string) bool {
		w = strings.Trim(w, `.,;:!?"'()`)
		return len(w) > 1 && w == strings.ToUpper(w) && w != strings.ToLower(w)
	}
	if len(before) > 0 && shouts(before[len(before)-1]) || len(after) > 0 && shouts(after[0]) {
		return true
	}
	n := 0 // as often as it stands in capitals, the word stands in words once more where it is written small
	for _, w := range words {
		if w == low {
			n++
		}
	}
	return n > strings.Count(s, name) && len(low) > 3
}

// bracketed says whether brackets tie the name to other words: "simple mail (SES)",
// "SES (simple mail)".
func bracketed(name, told string) bool {
	at := strings.Index(told, "("+name+")")
	behind := strings.Index(told, name+" (")
	return at > 0 || behind >= 0 && strings.Contains(strings.SplitN(told[behind+len(name)+2:], ")", 2)[0], " ")
}

// spelled says whether the initials of words in a row give the name.
func spelled(name string, words []string) bool {
	low := strings.ToLower(name)
	for i := range words {
		if initials(low, words[i:]) {
			return true
		}
	}
	return false
}

// initials says whether the first words spell name; short words such as "of" may
// stand between, and a word may give two letters ("database": DB).
func initials(name string, words []string) bool {
	rest := name
	for i, w := range words {
		switch {
		case rest == "":
			return true
		case w == name:
			return false
		case w[0] == rest[0]:
			rest = rest[1:]
			if i == 0 && len(rest) == 1 && len(w) > 4 && strings.IndexByte(w[1:], rest[0]) > 0 && len(name) == 2 {
				return true
			}
		case i > 0 && text.Stop(w):
		default:
			return false
		}
	}
	return rest == ""
}

// common are abbreviations that need no spelling out among engineers; the skill
// taxonomy knows the names of technologies besides.
const (
	common = ` ii iii iv vi vii ai api app apis am pm aka asap ascii aws b2b b2c bi bios bsd cd cdn ceo cfo ci cio cli cms coo cors cpu crm crud css csv cso cto db dba dc ddos dev dm dns dom dos dr dry ecs eks elb ec ed emea apac etl eu eur eta eof eod erp faq fps ftp gb gbp gcp gdpr ghz gif git gmt gpl gps gpu gui hr html http https hq iam ibm ide id ieee imap io ios iot ip ipo iso isp it jpeg jpg js json jvm jwt kb khz kpi kyc lan led ltd llc llm mb mbps mfa mhz ml mp mvp mvc ms nat nda ngo nist ny nyc oauth oem ok okr oom orm os otp oss pc pci pdf pgp php pid pii pin png poc po pos pr prd prod qa qr ram rca rdbms rds rest rfc roi rpc rpm rps rss saas sao sdk seo sftp sha sl sla sli slo sms smtp soc sop spa sql sqs sns ses ssd ssh ssl sso ssr stem sre svg tb tcp tcpip tdd tls ttl tv tx ui uk ui url uri us usa usb usd utc utf uuid ux vat vip vm voip vp vpc vpn vps wan waf wc wifi www xhr xml xss yaml zip gnu posix nfs raid cve eol ga gc gmbh ui/ux cto's css pst est cet cest bst edt pdt ist mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep oct nov dec qps pos iban sku rma hp sap mit nasa bbc cern nhs dvd cd hd uhd lcd ups kw kwh mw gw ac usb nfc rfid ble pcb rtos fpga dac adc isr dma can i2c spi uart mqtt ci/cd smart sim aaaa cv ciso icmp mx auc iops isbn hiv ecc readme ini cmo crd har hud pcr snat dhcp arp bgp lru fifo lifo aes rsa sha hmac csrf xsrf ssrf cname ptr ntp ldap saml oidc wysiwyg wcag aria mri ct gps `

	emphasis = ` get post put patch delete head options select from where join insert update into table drop create alter and or not null count group order limit index explain analyze vacuum commit begin rollback lock for all only never always every before after must no yes none any both each one two error fatal warn warning info debug trace true false todo pending failed success ok done open closed active inactive new old live stop start read write off on high low critical key primary unique foreign default set values with like between case when then else end left right inner outer union distinct having draft ready final paid void sent running wait serializable repeatable `
)
