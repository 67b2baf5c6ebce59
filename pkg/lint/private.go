package lint

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/prep-cli/prep/pkg/text"
)

// leaked is a datum that must not leave.
type leaked struct {
	start, end int // bytes of the text
	what       string
}

// leaks gives, for a rule, the data of a text that must not leave.
func leaks(rule, s string, o Options) []leaked {
	switch rule {
	case "secret":
		return secretsIn(s)
	case "email":
		return emailsIn(s)
	case "ip-address":
		return addressesIn(s)
	case "phone":
		return phonesIn(s)
	}
	return keptBackIn(s, o)
}

func secrets(s *subject, report report)   { s.leaks("secret", report) }
func emails(s *subject, report report)    { s.leaks("email", report) }
func addresses(s *subject, report report) { s.leaks("ip-address", report) }
func phones(s *subject, report report)    { s.leaks("phone", report) }
func keptBack(s *subject, report report)  { s.leaks("confidential", report) }

func (s *subject) leaks(rule string, report report) {
	for _, v := range s.values() {
		for _, l := range leaks(rule, v.text, s.o) {
			at := v.place
			at.offset = l.start
			report(at, "%s", l.what)
		}
	}
}

func keptBackIn(s string, o Options) []leaked {
	var out []leaked
	for _, h := range o.Confidential.Find(s) {
		out = append(out, leaked{h.Start, h.End, "the confidential word " + h.Word})
	}
	return out
}

var email = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`[\pL\pN][\pL\pN._%+'-]*@(?:[\pL\pN](?:[\pL\pN-]*[\pL\pN])?\.)+\pL{2,24}`)
})

// noDomain are ends that stand behind an "@" and make no address: domains that
// are reserved for examples (RFC 2606, RFC 6761) and file names ("logo@2x.png").
const noDomain = ` example test invalid localhost local png jpg jpeg gif svg webp js ts jsx tsx css html md go py rb java json yaml yml `

func emailsIn(s string) []leaked {
	if !strings.Contains(s, "@") {
		return nil
	}
	var out []leaked
	for _, at := range email().FindAllStringIndex(s, -1) {
		user, domain, _ := strings.Cut(strings.ToLower(s[at[0]:at[1]]), "@")
		labels := strings.Split(domain, ".")
		top := labels[len(labels)-1]
		word := s[:at[0]]
		word = word[strings.LastIndexFunc(word, unicode.IsSpace)+1:]
		switch {
		case is(noDomain, top), len(labels) > 1 && labels[len(labels)-2] == "example":
		case user == "git", strings.Contains(word, "://"):
		default:
			out = append(out, leaked{at[0], at[1], "an e-mail address: " + s[at[0]:at[1]]})
		}
	}
	return out
}

var (
	dotted = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?`) })
	colons = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*[0-9A-Fa-f:]`)
	})
)

// notAddress are networks whose addresses say nothing about anyone: this host,
// loopback, link-local and multicast (RFC 6890), documentation (RFC 5737, RFC
// 3849), and the resolvers that everybody uses.
var notAddress = sync.OnceValue(func() []netip.Prefix {
	var out []netip.Prefix
	for p := range strings.FieldsSeq(`0.0.0.0/8 127.0.0.0/8 169.254.0.0/16 192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3
		1.1.1.1/32 1.0.0.1/32 8.8.8.8/32 8.8.4.4/32 9.9.9.9/32 10.0.0.0/32 172.16.0.0/32 192.168.0.0/32 ::/127 fe80::/10 ff00::/8 2001:db8::/32`) {
		out = append(out, netip.MustParsePrefix(p))
	}
	return out
})

func addressesIn(s string) []leaked {
	var out []leaked
	if strings.Count(s, ".") >= 3 {
		for _, at := range dotted().FindAllStringIndex(s, -1) {
			if apart(s, at, ".-_") && !isVersion(s, at) {
				out = append(out, address(s, at)...)
			}
		}
	}
	if strings.Count(s, ":") >= 2 {
		for _, at := range colons().FindAllStringIndex(s, -1) {
			if apart(s, at, "_") && strings.Count(s[at[0]:at[1]], ":") >= 3 && strings.ContainsAny(s[at[0]:at[1]], "0123456789") {
				out = append(out, address(s, at)...)
			}
		}
	}
	return out
}

func address(s string, at []int) []leaked {
	host, _, _ := strings.Cut(s[at[0]:at[1]], "/")
	ip, err := netip.ParseAddr(strings.TrimSuffix(host, "."))
	if err != nil {
		return nil
	}
	for _, p := range notAddress() {
		if p.Contains(ip) {
			return nil
		}
	}
	return []leaked{{at[0], at[1], "an IP address: " + host}}
}

// apart says whether no letter or digit joins what stands at a place, directly or
// over one of the signs.
func apart(s string, at []int, signs string) bool {
	before, after := s[:at[0]], s[at[1]:]
	if before != "" && (sounds(before[len(before)-1]) || strings.IndexByte(signs, before[len(before)-1]) >= 0) {
		return false
	}
	if after == "" {
		return true
	}
	return !sounds(after[0]) && (strings.IndexByte(signs, after[0]) < 0 || len(after) < 2 || !sounds(after[1]))
}

// isVersion says whether four numbers with dots are a version or a section: the
// word before says so, or all are small and no word near speaks of an address.
func isVersion(s string, at []int) bool {
	before := text.Words(tail(s[:at[0]], 60))
	last := func(n int) []string { return before[max(0, len(before)-n):] }
	for _, w := range last(2) {
		if is(versions, w) {
			return true
		}
	}
	for _, w := range last(4) {
		if is(hosts, w) {
			return false
		}
	}
	for n := range strings.SplitSeq(strings.Split(s[at[0]:at[1]], "/")[0], ".") {
		if len(n) > 2 || n > "20" && len(n) == 2 || strings.HasPrefix(s[at[0]:], "10.") {
			return false
		}
	}
	return true
}

const (
	versions = ` v version versions release releases build firmware section chapter clause paragraph chrome chromium edge oracle jdk java driver upgrade upgraded updated downgraded patch hotfix rev revision tag `
	hosts    = ` ip ips ipv4 address addresses host hosts server ping pinged client node subnet network gateway router peer ssh vpn `
)

// tail gives about the last n bytes of s, whole words.
func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	return s[strings.IndexByte(s, ' ')+1:]
}

// number is a telephone number: with a country's code (+49 30 901820), as written
// in North America (415-555-2671), or with a trunk zero (020 7946 0018).
var number = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:\+|00)[1-9]\d{0,2}(?:[ .\-/]?\(?\d{1,5}\)?){2,5}|` +
		`(?:\+?1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}|` +
		`\(?0[1-9]\d{1,3}\)?[ /-]\d{2,8}(?:[ -]\d{2,5}){0,3}`)
})

func phonesIn(s string) []leaked {
	var out []leaked
	for _, at := range number().FindAllStringIndex(s, -1) {
		if apart(s, at, ".,:/-_#") && dialled(s, at) {
			out = append(out, leaked{at[0], at[1], "a telephone number: " + s[at[0]:at[1]]})
		}
	}
	return out
}

// dialled tells a telephone number from dates, ids, sums and measures.
func dialled(s string, at []int) bool {
	found := s[at[0]:at[1]]
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, found)
	before := text.Words(tail(s[:at[0]], 40))
	near := func(list string, n int) bool {
		for _, w := range before[max(0, len(before)-n):] {
			if is(list, w) {
				return true
			}
		}
		return false
	}
	called := near(callWords, 4)
	switch {
	case near(idWords, 2) && !near(callWords, 2), len(digits) > 15, fictional(digits), thousands(found):
		return false
	case strings.HasPrefix(found, "+"):
		return len(digits) >= 9 || len(digits) >= 8 && called
	case strings.HasPrefix(found, "00"):
		return len(digits) >= 11
	case found[0] == '0' || strings.HasPrefix(found, "(0"):
		return (len(digits) == 10 || len(digits) == 11 || called && len(digits) >= 7 && len(digits) <= 12) && !dated(found)
	case strings.ContainsAny(found, "(-"):
		return true
	}
	return called // blanks or dots alone could be any figures
}

const (
	callWords = ` phone telephone tel mobile cell fax whatsapp call called calling rang ring dial dialled dialed text texted hotline number sms `
	idWords   = ` order orders ticket invoice id ids ref reference case account sku part code error job commit version serial iban card transaction request between from range port ports `
)

// fictional says whether the number is of those that North America keeps for
// stories, 555-0100 to 555-0199.
func fictional(digits string) bool {
	return len(digits) >= 10 && strings.HasPrefix(digits[len(digits)-7:], "55501")
}

// thousands says whether the digits are grouped as in a sum: "+10 000 000".
func thousands(found string) bool {
	groups := strings.FieldsFunc(found, func(r rune) bool { return !unicode.IsDigit(r) })
	if len(groups) < 3 || slices.ContainsFunc(groups[1:], func(g string) bool { return len(g) != 3 }) {
		return false
	}
	return strings.Contains(found, "000") || !strings.ContainsAny(found, " -/(")
}

// dated says whether the digits are grouped as in a date: "03-04-2024".
func dated(found string) bool {
	groups := strings.FieldsFunc(found, func(r rune) bool { return !unicode.IsDigit(r) })
	return len(groups) == 3 && len(groups[0]) == 2 && len(groups[1]) <= 2
}
