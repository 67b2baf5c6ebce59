package importer

import (
	"regexp"
	"sync"

	"github.com/prep-cli/prep/pkg/text"
)

// guess tells the problem, the work and its outcome apart in a story without
// labels, where that is plain: it begins with what was wrong, goes on with what "I"
// or "we" did and may close with what came of it. All else is left as it is.
func guess(parts []part) []part {
	var said []item
	for _, p := range parts {
		if p.label != "" {
			return parts
		}
		said = append(said, sentences(p.items)...)
	}
	did, came := len(said), len(said)
	for i, it := range said {
		if acted().MatchString(it.text) {
			did = i
			break
		}
	}
	for came > did+1 && outcome().MatchString(said[came-1].text) {
		came--
	}
	if did == 0 || did == len(said) {
		return parts
	}
	out := []part{{key: "problem", items: joined(said[:did])}, {key: "resolution", items: joined(said[did:came])}}
	if came < len(said) {
		out = append(out, part{key: "impact", items: joined(said[came:])})
	}
	return out
}

// joined puts the sentences of one paragraph together again.
func joined(said []item) []item {
	var out []item
	for _, it := range said {
		if last := len(out) - 1; last >= 0 && !it.bullet && !out[last].bullet && out[last].line == it.line {
			out[last].text += " " + it.text
		} else {
			out = append(out, it)
		}
	}
	return out
}

// sentences cuts prose into sentences; bullets and code stay whole.
func sentences(items []item) []item {
	var out []item
	for _, it := range items {
		if it.bullet || len(it.text) > 2 && it.text[:3] == "```" {
			out = append(out, it)
			continue
		}
		for _, s := range text.Sentences(it.text) {
			out = append(out, item{text: s.Of(it.text), line: it.line})
		}
	}
	return out
}

// Words that make it plain what a sentence tells.
var (
	acted = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^\W*(?:(?:so|then|first|next|after that|finally),?\s+)?(?:(?:i|we)\s+(?:\w+ly\s+)?(?:\w+ed|` + didWords + `)|(?:` + didBare + `))\b`)
	})
	outcome = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:since then|after that|now|as a result|in the end|result(?:ed|s)?|went (?:down|up|from)|(?:dropped|fell|rose|grew|improved|reduced|increased|decreased|cut) (?:by|from|to)|from\b.*\d.*\bto\b.*\d|no longer|never (?:again|happened))\b`)
	})
)

// The past tenses that do not end in -ed, after "I" and at the beginning.
const (
	didWords = `built|wrote|took|made|found|led|ran|put|set|sat|went|gave|got|told|brought|drew|split|cut|sent|began|chose|drove|held|kept|met|taught|spoke|read|rewrote|rebuilt|threw|fought|sought|dug|did`
	didBare  = `built|wrote|took|found|led|ran|rewrote|rebuilt|fixed|added|moved|changed|replaced|removed|created|implemented|introduced|designed|refactored|migrated|automated|trimmed|raised|proposed|convinced|coordinated|organi[sz]ed|set up|put in`
)
