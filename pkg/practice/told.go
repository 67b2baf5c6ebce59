package practice

import (
	"cmp"
	"slices"
	"strings"
)

// Tellings are the stories told at interviews at a company, the latest first; "" is
// every company. Capitals and blanks around a company's name mean nothing.
func (h *History) Tellings(company string) []Event {
	var out []Event
	company = strings.TrimSpace(company)
	for _, e := range h.Events {
		if e.Kind == Told && (company == "" || strings.EqualFold(strings.TrimSpace(e.Company), company)) {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b Event) int { return cmp.Compare(b.Date, a.Date) })
	return out
}
