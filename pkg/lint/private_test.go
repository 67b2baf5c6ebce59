package lint

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// in gives what a rule finds in a text.
func in(rule, text string) []string {
	var out []string
	for _, l := range leaks(rule, text, Options{}) {
		out = append(out, text[l.start:l.end])
	}
	return out
}

func TestEmails(t *testing.T) {
	for _, tc := range []struct {
		why, text string
		want      []string
	}{
		{"plain", "I wrote to jo.doe+ops@mail.acme.co.uk, then waited.", []string{"jo.doe+ops@mail.acme.co.uk"}},
		{"at the end of a sentence", "Mail ann@acme.io.", []string{"ann@acme.io"}},
		{"in marks", "<bob@acme.io> (eve@acme.io)", []string{"bob@acme.io", "eve@acme.io"}},
		{"letters of any language", "jürgen@müller.de", []string{"jürgen@müller.de"}},
		{"example domains", "a@example.com, b@shop.example.org, c@acme.test, d@localhost", nil},
		{"versions, packages, pictures", "react@18.2.0, @types/node, logo@2x.png, user@host, node@latest", nil},
		{"repositories", "git@github.com:acme/shop.git", nil},
		{"a user in an address", "postgres://app@db.acme.io/shop", nil},
		{"mentions", "I asked @anna and met at 5@noon", nil},
	} {
		if diff := cmp.Diff(tc.want, in("email", tc.text)); diff != "" {
			t.Errorf("%s: %s", tc.why, diff)
		}
	}
}

func TestAddresses(t *testing.T) {
	for _, tc := range []struct {
		why, text string
		want      []string
	}{
		{"a public one", "The bot came from 84.17.53.2.", []string{"84.17.53.2"}},
		{"an internal one, with port or network", "10.12.0.7:5432 and 192.168.17.0/24", []string{"10.12.0.7", "192.168.17.0/24"}},
		{"in a URL", "http://84.17.53.2/admin", []string{"84.17.53.2"}},
		{"small numbers, where a word says so", "We pinged host 1.2.3.4", []string{"1.2.3.4"}},
		{"IPv6", "from 2a02:8108:1::5 and fd12:3456:789a:1::1.", []string{"2a02:8108:1::5", "fd12:3456:789a:1::1"}},
		{"loopback, any and documentation", "127.0.0.1, 0.0.0.0/0, 192.0.2.7, 198.51.100.1, 203.0.113.9, ::1, 2001:db8::17", nil},
		{"resolvers, metadata, masks, blocks", "8.8.8.8, 1.1.1.1, 169.254.169.254, 255.255.255.0, 10.0.0.0/8, 192.168.0.0/16", nil},
		{"versions", "v1.2.3.4, version 10.0.1.2, Oracle 12.1.0.2, Chrome 120.0.6099.109, from 2.0.0.1 up", nil},
		{"small numbers alone", "We moved to 1.2.3.4 in May", nil},
		{"too large, too long, zeros in front", "300.1.1.1, 1.2.3.4.5, 084.17.53.002", nil},
		{"decimals and dates", "3.14, 24.12.2023, 1.000.000, 99.9.", nil},
		{"times, MACs, code", "at 12:30:45, 00:1A:2B:3C:4D:5E, std::vector, a::b, Foo::Bar::Baz", nil},
		{"ids", "order 12.34.56.78.90, build-84.17.53.2-rc1", nil},
	} {
		if diff := cmp.Diff(tc.want, in("ip-address", tc.text)); diff != "" {
			t.Errorf("%s: %s", tc.why, diff)
		}
	}
}

func TestPhones(t *testing.T) {
	for _, tc := range []struct {
		why, text string
		want      []string
	}{
		{"with a country's code", "I rang +49 30 901820-11 at two.", []string{"+49 30 901820-11"}},
		{"without gaps", "+14158675309", []string{"+14158675309"}},
		{"in the international way of dialling", "Call 0044 20 7946 1234", []string{"0044 20 7946 1234"}},
		{"North American", "(415) 867-5309, 415-867-5309, 1-415-867-5309", []string{"(415) 867-5309", "415-867-5309", "1-415-867-5309"}},
		{"dots and blanks with a word", "phone 415.867.5309 or call 415 867 5309", []string{"415.867.5309", "415 867 5309"}},
		{"British and German", "020 7946 1234, 07700 912345, 030/9018201", []string{"020 7946 1234", "07700 912345", "030/9018201"}},
		{"kept for fiction", "415-555-0132, +1 212 555 0199", nil},
		{"years and dates", "2019-2024, 2024-03-15, 15/03/2024, 03-04-2024, 01.02.2024, 2024-03-15 10:22:33", nil},
		{"times", "at 02:10:33, 07:42, from 0900 to 1730", nil},
		{"measures", "555 ms, 1 200 000 rows, +10 000 000 rows, +200 orders, 40000-45000 a day, 300 400 5000", nil},
		{"counts", "63 orders, 5,200 activations, 1.234.567 rows, 100,000,000 users", nil},
		{"versions and addresses", "1.2.3.4, v10.15.7, 192.168.100.2000", nil},
		{"ids", "order 415-867-5309, ticket 0800 123 4567, ISO 27001-2013, 123-456-7890, INC0012345678", nil},
		{"exponents and epochs", "1700000000, 1700000000123, +1e10, 0.000123456", nil},
		{"ports and ranges", "ports 8080-8090, 3000 to 4000, 200-300-400", nil},
		{"cards and codes", "4111 1111 1111 1111, ISBN 978-3-16-148410-0", nil},
	} {
		if diff := cmp.Diff(tc.want, in("phone", tc.text)); diff != "" {
			t.Errorf("%s: %s", tc.why, diff)
		}
	}
}

// The secrets are put together here, so that no scanner takes this file for a leak.
func TestSecrets(t *testing.T) {
	key := func(prefix, rest string) string { return prefix + rest }
	hex := strings.Repeat("0a1b2c3d", 8)
	for _, tc := range []struct {
		why, before, secret, after string
		what                       string
	}{
		{"AWS", "The log had ", key("AKIA", "IMNOJVGFDXW7E4OA"), " in it.", "an AWS access key (AKIA…)"},
		{"AWS, secret part", "AWS_SECRET_ACCESS_KEY=", key("wJalrXUtnFEMI", "/K7MDENG/bPxRfiCYzEXqmPLeKEY"), "", "a key (wJal…)"},
		{"Google", "key=", key("AIza", "SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"), "", "a Google API key (AIza…)"},
		{"Azure", "DefaultEndpointsProtocol=https;AccountKey=", strings.Repeat("aB3+", 21) + "aA==", ";", "an Azure storage key (aB3+…)"},
		{"GitHub", "token ", key("ghp", "_16C7e42F292c6912E7710c838347Ae178B4a"), " leaked", "a GitHub token (ghp_…)"},
		{"GitHub, fine-grained", "", key("github", "_pat_11ABCDEFG0aBcDeFgHiJkL_mNoPqRsTuVwXyZ0123456789"), "", "a GitHub token (gith…)"},
		{"GitLab", "with ", key("glpat", "-Zx9Yw8Vu7Ts6Rq5Po4N3"), ".", "a GitLab token (glpa…)"},
		{"Slack", "", key("xoxb", "-2048000000-abcdefABCDEF1234"), "", "a Slack token (xoxb…)"},
		{"Slack webhook", "", key("https://hooks.slack", ".com/services/T024BE7LD/B01ABCDEF/a1b2c3d4e5f6g7h8i9j0k1l2"), "", "a webhook address (http…)"},
		{"Stripe", "", key("sk", "_live_4eC39HqLyjWDarjtT1zdp7dc"), "", "a Stripe key (sk_l…)"},
		{"OpenAI and its like", "", key("sk", "-proj-Ab12Cd34Ef56Gh78Ij90Kl12"), "", "an API key (sk-p…)"},
		{"JWT", "Bearer ", key("eyJ", "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"), "", "a JSON Web Token (eyJh…)"},
		{"private key", "", key("-----BEGIN RSA ", "PRIVATE KEY-----"), " MIIE", "a private key (----…)"},
		{"OpenSSH key", "", key("-----BEGIN OPENSSH ", "PRIVATE KEY-----"), "", "a private key (----…)"},
		{"password in a URL", "postgres://app:", "hunter", "@db.acme.io:5432/shop", "a password in a URL (h…)"},
		{"password in a setting", "DB_PASSWORD=", "s3cr3t-pw", " in the .env", "a password (s3…)"},
		{"password in prose", "with password: ", "Tr0ub4dor&3", ", which I changed", "a password (Tr…)"},
		{"password in JSON", `"password": "`, "hunter2!", `"`, "a password (hu…)"},
		{"key in a setting", "api_key = '", hex[:32], "'", "a key (0a1b…)"},
		{"basic", "Authorization: Basic ", "dXNlcjpwYXNzd29yZDEyMw==", "", "a bearer token (dXNl…)"},
		{"npm", "", key("npm", "_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789"), "", "an npm or PyPI token (npm_…)"},
		{"Twilio", "sid ", key("SK", hex[:32]), "", "a Twilio key (SK0a…)"},
	} {
		text := tc.before + tc.secret + tc.after
		got := secretsIn(text)
		if len(got) != 1 || text[got[0].start:got[0].end] != strings.TrimRight(tc.secret, ".") || got[0].what != tc.what {
			t.Errorf("%s: %+v", tc.why, got)
		}
	}
}

func TestNoSecrets(t *testing.T) {
	for _, tc := range []struct{ why, text string }{
		{"words about secrets", "The token was expired, the password reset mail never came, and the secret: patience."},
		{"settings without values", "password: required, api_key=, token: string, secret = None, PASSWORD=$DB_PASSWORD, pwd: ${PWD}"},
		{"masks and stand-ins", "password=********, api_key: <your-key>, token=xxxxxxxxxxxx, password: changeme1, key={{ .Values.key1 }}"},
		{"the makers' own examples", "AKIAIOSFODNN7" + "EXAMPLE"},
		{"URLs without a password, or with a stand-in", "https://acme.io:8443/x@y, postgres://user:password@localhost/db, ssh://git@acme.io, http://a/b:c@d"},
		{"a public key", "-----BEGIN PUBLIC KEY-----"},
		{"hashes and ids", "commit 9fceb02d0ae598e95dc970b74767f19372d61af8, sha256:" + strings.Repeat("ab", 32) + ", 550e8400-e29b-41d4-a716-446655440000"},
		{"names with sk- and key", "task-management-for-everyone, risk-assessments, sk-learn, cache key: user-profile-cache-key"},
		{"prose with a colon", "The key: idempotency. One token: enough. Two keys: order_id"},
		{"a bearer in words", "Bearer authentication was broken, basic authentication worked"},
		{"AKIA in words", "Nakia and AKIA were there"},
	} {
		if got := secretsIn(tc.text); got != nil {
			t.Errorf("%s: %+v", tc.why, got)
		}
	}
}

// What is found lies in the text, and the message never holds a whole secret.
func FuzzLeaks(f *testing.F) {
	for _, s := range []string{"a@b.io 84.17.53.2 +49 30 901820", "password=Abc12345", "https://a:b12@c.d", "::1 1::2:3:4", "(415) 867-5309", "\xff@\xff.io"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, rule := range []string{"secret", "email", "ip-address", "phone"} {
			for _, l := range leaks(rule, s, Options{}) {
				if l.start < 0 || l.end <= l.start || l.end > len(s) {
					t.Fatalf("%s: %+v in %q", rule, l, s)
				}
				if rule == "secret" && l.end-l.start > 30 && strings.Contains(l.what, s[l.start:l.end]) {
					t.Fatalf("%q holds the secret", l.what)
				}
			}
		}
	})
}
