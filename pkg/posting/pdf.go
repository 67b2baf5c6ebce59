package posting

import (
	"errors"
	"slices"
)

// How much of a PDF is read. A posting has one to five pages of a few KiB.
const (
	maxPages    = 50
	maxUnpacked = 64 << 20 // bytes, all that is unpacked together
	maxContent  = 4 << 20  // bytes, what draws one page, or maps one font's codes
	maxNesting  = 16       // of the page tree, of drawings in a page
)

const (
	errScan   Hidden = "the PDF holds no text: it may be a scan"
	errLocked Hidden = "the PDF is locked"
	errNoPage Hidden = "the PDF is broken: it has no page"
)

var (
	errUnpacks = errors.New("the PDF unpacks to over 64 MiB, the most that is read")
	errPages   = errors.New("the PDF has over 50 pages, the most that is read")
	errContent = errors.New("a page of the PDF is drawn by over 4 MiB, the most that is read")
	errTangled = errors.New("the PDF's pages are nested over 16 deep, the most that is read")
)

// readPDF gives the lines of a PDF as the paragraphs, headings and items that they
// were before they were set.
//
// It is a reader of text and of nothing else: it takes the objects as they lie in the
// file instead of trusting its table of them, so that a file with a broken table is
// read as well, and unpacks only what draws text.
func readPDF(data []byte) (string, error) {
	if len(data) > MaxSize {
		return "", tooLarge()
	}
	f, err := openPDF(data)
	if err != nil {
		return "", err
	}
	p := pages{file: f}
	if err := p.walk(f.dict(f.root["Pages"]), nil, 0); err != nil {
		return "", err
	}
	if p.count == 0 {
		return "", errNoPage
	}
	text, err := typeset(slices.DeleteFunc(p.lines, line.blank), p.width)
	if err == nil && text == "" {
		return "", errScan
	}
	return text, err
}
