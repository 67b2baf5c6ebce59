package encoder

import (
	"math"
	"sync"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"github.com/prep-cli/prep/pkg/parallel"
)

// maxRows bounds the tokens of one pass. Twice as many would save little: the
// weights are then read once for so many tokens that reading them is free.
const maxRows = 256

// linear is a layer: weight has a row for each output.
type linear struct {
	weight quantised
	bias   []float32
}

type norm struct{ weight, bias []float32 }

type layer struct {
	qkv, out, widen, narrow linear
	mixed, done             norm
}

// pass is the workspace of one goroutine: the states of some tokens on their
// way through the layers. Its windows never look at each other's tokens.
type pass struct {
	header
	m       *Model
	windows []window
	rows    int
	states  []float32 // a row a token, as all below
	next    []float32
	qkv     []float32
	inner   []float32
	heads   []float32   // what attention gathers
	scores  []float32   // of one head: a row a token
	values  []float32   // of one head: a row a dimension
	tiles   [][]float32 // for each core, some rows of weights as floats
}

func (m *Model) newPass(cores int) *pass {
	h := m.header
	floats := func(columns int) []float32 { return make([]float32, maxRows*columns) }
	p := &pass{
		header: h, m: m, tiles: make([][]float32, cores),
		states: floats(h.Width), next: floats(h.Width), qkv: floats(3 * h.Width), inner: floats(h.Inner),
		heads: floats(h.Width), scores: floats(aligned(h.Longest)), values: floats(h.Width / h.Heads),
	}
	for core := range p.tiles {
		p.tiles[core] = make([]float32, tileB*max(h.Width, h.Inner))
	}
	return p
}

// aligned is n rounded up to what the dot product takes in one step.
func aligned(n int) int { return (n + 15) &^ 15 }

// run takes the windows through all layers and leaves their last states.
func (p *pass) run() {
	p.embed()
	width := p.Width
	for _, l := range p.m.layers {
		p.apply(l.qkv, p.states, p.qkv, nil)
		p.attend()
		p.apply(l.out, p.heads, p.next, p.states)
		l.mixed.apply(p.next[:p.rows*width])
		p.apply(l.widen, p.next, p.inner, nil)
		gelu(p.inner[:p.rows*p.Inner])
		p.apply(l.narrow, p.inner, p.states, p.next)
		l.done.apply(p.states[:p.rows*width])
	}
}

// embed writes the first states: the token's vector plus its place's.
func (p *pass) embed() {
	width, row := p.Width, 0
	for _, w := range p.windows {
		for place, id := range w.ids {
			out := p.states[row*width : (row+1)*width]
			p.m.words.row(id, out)
			for i, v := range p.m.places[place*width : (place+1)*width] {
				out[i] += v
			}
			row++
		}
	}
	p.rows = row
	p.m.norm.apply(p.states[:row*width])
}

// apply gives out = weight · in + bias, plus, where given, the residual. The
// weights become floats a tile at a time: all at once they would fill 40 MB and
// cost a command that asks one question as much time as the question.
func (p *pass) apply(l linear, in, out, residual []float32) {
	n, columns := len(l.bias), l.weight.columns
	for row := range p.rows {
		to := out[row*n : (row+1)*n]
		copy(to, l.bias)
		if residual != nil {
			for i, v := range residual[row*n : (row+1)*n] {
				to[i] += v
			}
		}
	}
	p.split(n, func(core, from, to int) {
		for ; from < to; from += tileB {
			tile := l.weight.tile(from, min(from+tileB, to), p.tiles[core])
			product(1, matrix(p.rows, columns, columns, in), tile, 1, matrix(p.rows, tile.Rows, n, out[from:]))
		}
	})
}

// split parts n columns among the cores. Each column is computed alike on
// whichever core.
func (p *pass) split(n int, compute func(core, from, to int)) {
	cores := len(p.tiles)
	share := (n + cores - 1) / cores
	share += -share & (tileB - 1)
	var others parallel.Group
	for core := 1; core*share < n; core++ {
		others.Go(func() { compute(core, core*share, min((core+1)*share, n)) })
	}
	compute(0, 0, min(share, n))
	others.Wait()
}

func matrix(rows, columns, stride int, data []float32) blas32.General {
	return blas32.General{Rows: rows, Cols: columns, Stride: stride, Data: data}
}

// The product goes in tiles of few enough rows of b that they stay in the
// nearest cache, and of few enough rows of a that gonum starts no goroutines:
// the cores are busy with other texts.
const tileA, tileB = 128, 16

// product gives c = alpha · a · bᵀ + beta · c. It writes both as rows, the
// form in which gonum takes dot products, its fastest way.
func product(alpha float32, a, b blas32.General, beta float32, c blas32.General) {
	for j := 0; j < b.Rows; j += tileB {
		tile := part(b, j, tileB)
		for i := 0; i < a.Rows; i += tileA {
			to := part(c, i, tileA)
			to.Cols, to.Data = tile.Rows, to.Data[j:]
			blas32.Gemm(blas.NoTrans, blas.Trans, alpha, part(a, i, tileA), tile, beta, to)
		}
	}
}

// part is up to n rows of m from row i.
func part(m blas32.General, i, n int) blas32.General {
	return matrix(min(n, m.Rows-i), m.Cols, m.Stride, m.Data[i*m.Stride:])
}

// attend mixes each window's values by how its tokens attend to each other.
func (p *pass) attend() {
	row := 0
	for _, w := range p.windows {
		for head := range p.Heads {
			p.attendHead(row, len(w.ids), head)
		}
		row += len(w.ids)
	}
}

func (p *pass) attendHead(row, n, head int) {
	width, stride, padded := p.Width/p.Heads, 3*p.Width, aligned(n)
	at := func(part int) []float32 { return p.qkv[row*stride+part*p.Width+head*width:] }
	scores := matrix(n, n, padded, p.scores)
	product(float32(1/math.Sqrt(float64(width))), matrix(n, width, stride, at(0)), matrix(n, width, stride, at(1)), 0, scores)
	for i := range n {
		softmax(p.scores[i*padded:(i+1)*padded], n)
	}
	p.turn(at(2), stride, n, padded)
	scores.Cols = padded
	product(1, scores, matrix(width, padded, padded, p.values), 0, matrix(n, width, p.Width, p.heads[row*p.Width+head*width:]))
}

// turn writes n rows of values as columns, with zeros behind them.
func (p *pass) turn(from []float32, stride, n, padded int) {
	width := p.Width / p.Heads
	for i := range width {
		clear(p.values[i*padded+n : (i+1)*padded])
	}
	for j := range n {
		for i, v := range from[j*stride : j*stride+width] {
			p.values[i*padded+j] = v
		}
	}
}

// apply brings each row to mean 0 and variance 1, then scales and shifts it.
func (l norm) apply(rows []float32) {
	n := len(l.weight)
	for ; len(rows) > 0; rows = rows[n:] {
		row, weight, bias := rows[:n], l.weight[:n], l.bias[:n]
		var sum, squares float32
		for _, v := range row {
			sum += v
		}
		mean := sum / float32(n)
		for _, v := range row {
			squares += (v - mean) * (v - mean)
		}
		scale := float32(1 / math.Sqrt(float64(squares)/float64(n)+1e-12))
		for i, v := range row {
			row[i] = (v-mean)*scale*weight[i] + bias[i]
		}
	}
}

// softmax turns the first n of a row into shares of 1 and clears the rest.
func softmax(row []float32, n int) {
	clear(row[n:])
	row = row[:n]
	top := row[0]
	for _, v := range row {
		if v > top {
			top = v
		}
	}
	var sum float32
	for i, v := range row {
		e := exp(v - top)
		row[i] = e
		sum += e
	}
	scale := 1 / sum
	for i := range row {
		row[i] *= scale
	}
}

// exp is eˣ for x ≤ 0, with a relative error under 3e-6: two to a whole power
// by its bits, to the rest, half at most, by the Taylor series.
func exp(x float32) float32 {
	if x < -80 {
		return 0
	}
	t := x * math.Log2E
	whole := int32(t - 0.5)
	f := (t - float32(whole)) * math.Ln2
	p := 1 + f*(1+f*(1.0/2+f*(1.0/6+f*(1.0/24+f*(1.0/120)))))
	return p * math.Float32frombits(uint32(whole+127)<<23) //nolint:gosec // whole is above -117
}

// gelu applies x·Φ(x), read from a table: the line between two entries is
// within 2e-6 of the curve, which outside of it is 0 or x.
func gelu(row []float32) {
	table := geluTable()
	for i, x := range row {
		t := (x + geluEnd) * geluSteps
		switch {
		case !(t > 0):
			row[i] = 0
		case t < 2*geluEnd*geluSteps:
			n := int(t)
			row[i] = table[n] + (t-float32(n))*(table[n+1]-table[n])
		}
	}
}

const geluEnd, geluSteps = 8, 256

var geluTable = sync.OnceValue(func() *[2*geluEnd*geluSteps + 1]float32 {
	var table [2*geluEnd*geluSteps + 1]float32
	for i := range table {
		x := float64(i)/geluSteps - geluEnd
		table[i] = float32(x / 2 * math.Erfc(-x/math.Sqrt2))
	}
	return &table
})
