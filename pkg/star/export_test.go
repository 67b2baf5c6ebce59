package star

import (
	"maps"
	"sync"
)

// BaseForm gives the laws a verb's base form, any other word as it is.
func BaseForm(w string) string {
	if base := baseForms()[w]; base != "" {
		return base
	}
	return w
}

var baseForms = sync.OnceValue(func() map[string]string {
	forms := map[string]string{}
	for base, participle := range verbs().participle {
		forms[participle] = base
	}
	for _, known := range []map[string]string{verbs().base, verbs().gerund} {
		maps.Copy(forms, known)
	}
	return forms
})
