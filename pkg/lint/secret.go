package lint

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// key is a form of secret: what it is, words of which one must stand in a text
// for the expression to be tried, and the expression. Its first group, if it has
// one, is the secret; sure ones need no look at their letters.
type key struct {
	what  string
	signs []string // lower case
	form  *regexp.Regexp
	sure  bool
}

// secretForms are the forms of keys that their makers document, and passwords
// where a name or a URL gives them away.
var secretForms = sync.OnceValue(func() []key {
	form := func(what, signs, expression string) key {
		return key{what, strings.Fields(signs), regexp.MustCompile(expression), true}
	}
	guess := func(what, signs, expression string) key {
		return key{what, strings.Fields(signs), regexp.MustCompile(expression), false}
	}
	return []key{
		form("a private key", "-----begin", `-----BEGIN(?: [A-Z0-9]+)* PRIVATE KEY(?: BLOCK)?-----`),
		form("an age key", "age-secret-key-1", `AGE-SECRET-KEY-1[0-9A-Z]{20,}`),
		form("an AWS access key", "akia asia abia acca", `\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b`),
		form("a Google API key", "aiza", `\bAIza[\w-]{35}`),
		form("a Google OAuth secret", "gocspx- ya29.", `\b(?:GOCSPX-[\w-]{20,}|ya29\.[\w-]{20,})`),
		form("an Azure storage key", "accountkey= sharedaccesskey=", `(?i)(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{40,}={0,2})`),
		form("an Azure client secret", "8q~", `\b[\w.~-]{3}8Q~[\w.~-]{30,36}`),
		form("an Azure access signature", "sig=", `[?&]sig=([\w%+/-]{40,})`),
		form("a GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_", `\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,})`),
		form("a GitLab token", "glpat- gldt- glrt- glptt- glcbt-", `\bgl(?:pat|dt|rt|ptt|cbt)-[\w-]{20,}`),
		form("a Slack token", "xoxa- xoxb- xoxp- xoxo- xoxr- xoxs- xoxe xapp-", `\b(?:xox[abporse](?:\.xox[bp])?|xapp)-[\w-]{10,}`),
		form("a webhook address", "hooks.slack.com discord.com/api/webhooks discordapp.com/api/webhooks webhook.office.com", `\bhttps://(?:hooks\.slack\.com/(?:services|workflows)/[\w/]{20,}|discord(?:app)?\.com/api/webhooks/\d+/[\w-]{20,}|[\w-]+\.webhook\.office\.com/webhookb2/[\w@/-]{20,})`),
		form("a Stripe key", "sk_live_ sk_test_ rk_live_ rk_test_ whsec_", `\b(?:[sr]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{20,})`),
		guess("an API key", "sk-", `\b(sk-(?:[a-z]+[0-9]*-)*[A-Za-z0-9_-]{20,})`),
		form("a Hugging Face token", "hf_", `\bhf_[A-Za-z]{30,}\b`),
		form("an npm or PyPI token", "npm_ pypi-", `\b(?:npm_[A-Za-z0-9]{36}\b|pypi-[\w-]{50,})`),
		form("a SendGrid key", "sg.", `\bSG\.[\w-]{16,}\.[\w-]{16,}`),
		form("a Twilio key", "sk ac", `\b(?:SK|AC)[0-9a-f]{32}\b`),
		form("a DigitalOcean token", "dop_v1_ doo_v1_", `\bdo[op]_v1_[0-9a-f]{40,}`),
		form("a Vault token", "hvs. hvb.", `\bhv[sb]\.[\w-]{20,}`),
		form("a Telegram token", ":aa", `\b\d{8,10}:AA[\w-]{33}\b`),
		form("a token", "shpat_ dapi glsa_ glc_ nrak- lin_api_ dckr_pat_ atatt3", `\b(?:shpat_[0-9a-f]{32}|dapi[0-9a-f]{32}|glsa_\w{32,}|glc_[\w+/=]{32,}|NRAK-[A-Z0-9]{20,}|lin_api_\w{30,}|dckr_pat_[\w-]{20,}|ATATT3[\w=-]{50,})`),
		form("a JSON Web Token", "eyj", `\beyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?`),
		form("a password in a URL", "://", `\b[a-zA-Z][a-zA-Z0-9+.-]*://[^\s:@/'"<>]*:([^\s@/'"<>]{2,})@[\w.\[-]`),
		guess("a password", "password passwd passphrase pwd pass", `(?i)\b(?:\w*[_-])?(?:password|passwd|passphrase|pwd|pass)["']?\s{0,2}(?:=>|:=|[:=])\s{0,2}["'`+"`"+`]?([^\s"'`+"`"+`,;]{6,})`),
		guess("a key", "secret token key credential", `(?i)\b(?:\w*[_-])?(?:secret|token|api[ _-]?key|access[ _-]?key|private[ _-]?key|secret[ _-]?key|auth[ _-]?key|account[ _-]?key|client[ _-]?secret|credentials?)["']?\s{0,2}(?:=>|:=|[:=])\s{0,2}["'`+"`"+`]?([\w+/.~=-]{12,})`),
		guess("a bearer token", "bearer basic", `(?i)\b(?:bearer|authorization:\s*basic)\s+([\w+/.~=-]{16,})`),
	}
})

func secretsIn(s string) []leaked {
	low := strings.ToLower(s)
	var out []leaked
	for _, k := range secretForms() {
		if !slices.ContainsFunc(k.signs, func(sign string) bool { return strings.Contains(low, sign) }) {
			continue
		}
		for _, m := range k.form.FindAllStringSubmatchIndex(s, -1) {
			at := m[len(m)-2:]
			l := leaked{at[0], at[1], k.what + " (" + hidden(s[at[0]:at[1]]) + ")"}
			overlaps := slices.ContainsFunc(out, func(o leaked) bool { return l.start < o.end && o.start < l.end })
			if !overlaps && !standsIn(s[at[0]:at[1]]) && (k.sure || random(s[at[0]:at[1]])) {
				out = append(out, l)
			}
		}
	}
	return out
}

// hidden gives the first characters of a secret, enough to know it by.
func hidden(secret string) string {
	letters := []rune(secret)
	return string(letters[:min(4, len(letters)/4)]) + "…"
}

// standsIn says whether what stands where a secret would is none: a variable, a
// mask, a word such as "changeme", or an example of the makers' documents.
func standsIn(s string) bool {
	low := strings.ToLower(s)
	for _, sign := range []string{"example", "xxxx", "****", "....", "…", "${", "{{", "<", "redacted", "placeholder", "changeme", "your-", "your_", "yourp", "dummy", "$("} {
		if strings.Contains(low, sign) {
			return true
		}
	}
	return strings.HasPrefix(s, "$") || strings.HasPrefix(s, "%") || is(` password passwd pass pwd secret token user username key apikey guest `, low)
}

// random says whether letters look drawn and not written: digits among letters,
// small letters and capitals mixed, or a sign inside.
func random(s string) bool {
	var digit, lower, upper, sign bool
	for _, r := range strings.Trim(s, ".,;:!?)") {
		switch {
		case unicode.IsDigit(r):
			digit = true
		case unicode.IsLower(r):
			lower = true
		case unicode.IsUpper(r):
			upper = true
		case !strings.ContainsRune("-_./", r):
			sign = true
		}
	}
	letters := lower || upper
	return letters && digit || letters && sign || lower && upper && len(s) >= 8 && inside(s)
}

// inside says whether a capital stands behind a small letter, as in no plain word.
func inside(s string) bool {
	for i := 1; i < len(s); i++ {
		if unicode.IsUpper(rune(s[i])) && unicode.IsLower(rune(s[i-1])) {
			return true
		}
	}
	return false
}
