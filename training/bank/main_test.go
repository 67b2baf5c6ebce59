package main

import (
	"testing"

	"github.com/prep-cli/prep/pkg/encoder"
)

// The encoder carries every question of the bank, as it would encode them now.
// Where this fails, run: go generate ./pkg/encoder
func TestEncoderCarriesTheBank(t *testing.T) {
	texts, err := texts()
	if err != nil {
		t.Fatal(err)
	}
	model, err := encoder.Open()
	if err != nil {
		t.Fatal(err)
	}
	store := model.Store(nil, 0)
	if n := store.Missing(texts); n > 0 {
		t.Fatalf("%d of %d questions are not in questions.bin", n, len(texts))
	}
	for i := 0; i < len(texts); i += 40 {
		kept, fresh := store.Encode(texts[i:i+1], nil)[0], model.Encode(texts[i])
		if c := encoder.Cosine(kept.Whole().Vector, fresh.Whole.Vector); c < 0.999 {
			t.Errorf("%q: cosine %f", texts[i], c)
		}
	}
}
