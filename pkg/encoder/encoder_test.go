package encoder

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func model(tb testing.TB) *Model {
	tb.Helper()
	m, err := Open()
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

// reference is a text as training/export.py saw it, with the weights that
// model.bin holds: its word pieces and its raw vector.
type reference struct {
	text   string
	pieces []int
	vector []float32
}

func references(tb testing.TB) []reference {
	tb.Helper()
	texts, err := os.ReadFile(filepath.Join("testdata", "texts.json"))
	if err != nil {
		tb.Fatal(err)
	}
	var out []reference
	var list []string
	if err := json.Unmarshal(texts, &list); err != nil {
		tb.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join("testdata", "vectors.bin"))
	if err != nil {
		tb.Fatal(err)
	}
	width := model(tb).header.Width
	for _, s := range list {
		r := reference{text: s}
		n := int(binary.LittleEndian.Uint16(b))
		for i := range n {
			r.pieces = append(r.pieces, int(binary.LittleEndian.Uint16(b[2+2*i:])))
		}
		b = b[2+2*n:]
		r.vector = decode(b[:4*width])
		b = b[4*width:]
		out = append(out, r)
	}
	return out
}

func TestTokensAreThoseOfTheTrainer(t *testing.T) {
	m := model(t)
	for _, r := range references(t) {
		var got []int
		for _, token := range m.pieces.tokens(r.text) {
			got = append(got, token.id)
		}
		if d := cmp.Diff(r.pieces, got); d != "" {
			t.Errorf("%q: (-trainer +encoder)\n%s", r.text, d)
		}
	}
}

func TestVectorsAreThoseOfTheTrainer(t *testing.T) {
	m, refs := model(t), references(t)
	if len(refs) < 300 {
		t.Fatalf("%d references, want 300", len(refs))
	}
	var texts []string
	for _, r := range refs {
		texts = append(texts, r.text)
	}
	for i, e := range m.EncodeAll(texts, nil) {
		r, got := refs[i], e.Whole
		var dot, squares float64
		for i, v := range r.vector {
			dot += float64(v) * float64(got.Vector[i])
			squares += float64(v) * float64(v)
		}
		length := math.Sqrt(squares)
		if cosine := dot / length; cosine < 0.999 {
			t.Errorf("%.60q: cosine %.6f with the trainer's vector", r.text, cosine)
		}
		if off := math.Abs(float64(got.Length)/length - 1); off > 0.001 {
			t.Errorf("%.60q: length is off by %.4f of the trainer's", r.text, off)
		}
	}
}

func TestMeaningIsNearerThanWords(t *testing.T) {
	m := model(t)
	for _, row := range []struct{ question, meant, worded, why string }{
		{
			"Tell me about a time you failed.",
			"I accidentally deleted more production data than intended, told my manager within minutes and restored it from the backup overnight.",
			"The time server told me the time. I set up monitoring for it and that worked at once.",
			"a failure need not be called one",
		},
		{
			"Have you ever had to persuade people who did not report to you?",
			"Three teams refused the new log format. I sat with each of their leads, migrated one service myself, and by spring all three had asked for it.",
			"The people report showed wrong totals. I found that the query joined twice and fixed the report.",
			"influence shows in what others did afterwards",
		},
	} {
		q := m.Encode(row.question).Whole.Vector
		meant, worded := Cosine(q, m.Encode(row.meant).Whole.Vector), Cosine(q, m.Encode(row.worded).Whole.Vector)
		if meant <= worded {
			t.Errorf("%q: %.3f with the story meant, %.3f with the one that shares its words; %s", row.question, meant, worded, row.why)
		}
	}
}

func TestStoryCompetencies(t *testing.T) {
	m := model(t)
	for _, row := range []struct{ story, want, why string }{
		{"At 3 a.m. checkout was down. I took the incident, rolled back the release, posted every ten minutes to the status page, and we were up again in 25 minutes.", "incident-response", "acting well while something is broken"},
		{"A new hire was struggling with her first on-call week. I paired with her every morning, let her drive, and after two months she ran incidents alone.", "mentoring", "someone grew"},
	} {
		scores := m.StoryCompetencies(m.Encode(row.story).Whole)
		slices.SortFunc(scores, func(a, b Score) int { return int(math.Copysign(1, float64(b.Score-a.Score))) })
		if !slices.ContainsFunc(scores[:3], func(s Score) bool { return s.ID == row.want }) {
			t.Errorf("%.40q: strongest are %v, want %s: %s", row.story, scores[:3], row.want, row.why)
		}
	}
}

func TestSentencesAreWhereTheyStand(t *testing.T) {
	s := "The disk was full. Nobody had looked at it in months, and the alert went to a dead list. Ha! I moved the alert to the on-call rota."
	var got []string
	for _, p := range model(t).Encode(s).Sentences {
		got = append(got, strings.TrimSpace(p.Of(s)))
	}
	want := []string{"The disk was full.", "Nobody had looked at it in months, and the alert went to a dead list.", "I moved the alert to the on-call rota."}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("a sentence of fewer than three tokens has no vector (-want +got)\n%s", d)
	}
}

// The words that weigh least in a text are those that a cut at a window's end
// would lose; here they are all that two texts differ in.
func TestNothingOfALongTextIsLost(t *testing.T) {
	m := model(t)
	const sentence, count = "We kept the service running and wrote down what we did. ", 40
	filler := strings.Repeat(sentence, count)
	plain := m.Encode(filler)
	for _, before := range []int{0, count / 3, count / 2, count} {
		at := before * len(sentence)
		changed := m.Encode(filler[:at] + "I deleted the customer database by mistake. " + filler[at:])
		if cosine := Cosine(plain.Whole.Vector, changed.Whole.Vector); cosine > 0.99999 {
			t.Errorf("a sentence put in at byte %d of %d changes nothing: cosine %.7f", at, len(filler), cosine)
		}
		if len(changed.Sentences) != len(plain.Sentences)+1 {
			t.Errorf("a sentence put in at byte %d: %d sentences, want %d", at, len(changed.Sentences), len(plain.Sentences)+1)
		}
	}
}

func TestWindows(t *testing.T) {
	m := model(t)
	room := m.header.Longest - 2
	for _, n := range []int{0, 1, room - 1, room, room + 1, 2*room - m.header.Overlap, 2*room - m.header.Overlap + 1, 1000, 4321} {
		next := 0
		list := m.windows(make([]token, n), nil)
		for i, w := range list {
			if w.counts.Start != next {
				t.Fatalf("%d tokens: window %d answers from %d, the one before up to %d", n, i, w.counts.Start, next)
			}
			next = w.counts.End
			// In the middle of a text, a token sees a third of an overlap of context at least.
			if margin := m.header.Overlap / 2; i > 0 && w.counts.Start-w.from < margin || i < len(list)-1 && w.from+len(w.ids)-2-w.counts.End < margin {
				t.Errorf("%d tokens: window %d at %d answers for %v, too near its edge", n, i, w.from, w.counts)
			}
			if w.first != (i == 0) || w.last != (i == len(list)-1) || len(w.ids) > m.header.Longest {
				t.Errorf("%d tokens: window %d of %d: first %v, last %v, %d tokens", n, i, len(list), w.first, w.last, len(w.ids))
			}
		}
		if next != n {
			t.Errorf("%d tokens: the windows answer for %d", n, next)
		}
	}
}

func TestSameBitsWhateverTheCompany(t *testing.T) {
	m := model(t)
	var texts []string
	for _, r := range references(t)[:15] {
		texts = append(texts, r.text)
	}
	var alone []Encoding
	for _, s := range texts {
		alone = append(alone, m.Encode(s))
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, cores := range []int{1, 2, 3} {
		runtime.GOMAXPROCS(cores)
		if !cmp.Equal(alone, m.EncodeAll(texts, nil)) {
			t.Errorf("on %d cores, together: other vectors than alone", cores)
		}
	}
}

func TestProgress(t *testing.T) {
	texts := slices.Repeat([]string{"We shipped it on Friday. Nobody slept."}, 100)
	var told []int
	model(t).EncodeAll(texts, func(done int) { told = append(told, done) })
	if !slices.IsSorted(told) || len(told) < 2 || told[len(told)-1] != len(texts) {
		t.Errorf("told %v of %d texts", told, len(texts))
	}
	if got := model(t).EncodeAll(nil, func(int) { t.Error("told of progress with nothing to do") }); len(got) != 0 {
		t.Errorf("no texts gave %d encodings", len(got))
	}
}

func FuzzEncode(f *testing.F) {
	m := model(f)
	for _, s := range []string{"", " \n", "a", "\x00\xff", "日本語", strings.Repeat("long ", 500), strings.Repeat("x", 5000), "One. Two! Three? Four five six seven."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e := m.Encode(s)
		if e.Whole.Start != 0 || e.Whole.End != len(s) || len(e.Sentences) == 0 {
			t.Fatalf("whole is %v of %d bytes, %d sentences", e.Whole.Span, len(s), len(e.Sentences))
		}
		for _, p := range append(e.Sentences, e.Whole) {
			if p.Start < 0 || p.Start > p.End || p.End > len(s) {
				t.Errorf("a passage %v of %d bytes", p.Span, len(s))
			}
			if length := Cosine(p.Vector, p.Vector); math.Abs(float64(length)-1) > 1e-5 || !(p.Length > 0) {
				t.Errorf("a vector of squared length %v, from one of %v", length, p.Length)
			}
		}
	})
}

func FuzzTokens(f *testing.F) {
	p := model(f).pieces
	for _, s := range []string{"", "Café", "a\u0301b", "don't", "x\u200by", "日本", "\xf0\x28", strings.Repeat("ab", 60), "İ ß ﬁ ½ 가"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, token := range p.tokens(s) {
			if token.id < 0 || token.id >= len(p.starts) {
				t.Fatalf("id %d of %d", token.id, len(p.starts))
			}
			// Pieces of one character that decomposes may share its place.
			if token.Start < 0 || token.Start >= token.End || token.End > len(s) || token.End < end {
				t.Fatalf("token %v after %d in %d bytes", token.Span, end, len(s))
			}
			end = token.End
		}
	})
}

const question = "Tell me about a time when you had to make an important decision without all of the information that you would have liked to have."

const story = `A customer wrote that their nightly export had been empty for a week, and nobody had noticed. I was not on that team, but I had written the first version of the exporter two years before. I read the logs and saw that every run ended well within a second. It turned out that a clean-up of permissions had taken away the job's right to read the archive, and that the exporter took an unreadable archive for an empty one. I gave the right back, ran the seven missing nights again, and rang the customer before they could ask. Then I made an empty export an error, with a test, and asked the platform team to run all jobs once after each change of permissions.`

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := read(embedded); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkQuestion(b *testing.B) { benchmarkEncode(b, question) }

func BenchmarkStory(b *testing.B) { benchmarkEncode(b, story) }

func benchmarkEncode(b *testing.B, s string) {
	m := model(b)
	m.Encode(s)
	for b.Loop() {
		m.Encode(s)
	}
	b.ReportMetric(float64(len(m.pieces.tokens(s))+2), "tokens")
}

// BenchmarkLibrary is for comparing -cpu 1 with -cpu 2.
func BenchmarkLibrary(b *testing.B) {
	m := model(b)
	texts := slices.Repeat([]string{story, question}, 10)
	for b.Loop() {
		m.EncodeAll(texts, nil)
	}
	b.ReportMetric(float64(len(texts))*float64(b.N)/b.Elapsed().Seconds(), "texts/s")
}
