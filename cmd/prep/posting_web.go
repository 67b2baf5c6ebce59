package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/prep-cli/prep/pkg/posting"
)

// How far prep goes for a posting. A page that takes longer, is larger or leads on
// further is not a posting, or not one that is worth the wait.
const (
	webTime      = 10 * time.Second // from the first byte sent to the last received
	webRedirects = 5
	webHeader    = 64 << 10 // bytes
)

// visit is one page being fetched: the only thing that prep ever does over a network,
// and only for an address that its user has given.
//
// That address may be any: a posting on one's own machine or in a company's network
// is the user's to read. Where it leads on to is the page's choice, and no page on
// the internet may send prep into the user's own network: once an address of the
// internet has been dialled, no other is. The check is made on the address that is
// dialled, not on the name, which may change its mind. Behind a proxy it is the
// proxy's to make.
type visit struct {
	limit   time.Duration
	private func(netip.Addr) bool
	outside atomic.Bool // an address of the internet has been dialled
}

// page is what came back.
type page struct {
	data []byte
	html bool
}

// webText fetches a page and gives its text.
func (e *env) webText(address string) (shown, text string, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address, "", errors.New("this is no web address")
	}
	defer e.whileWaiting(u.Host)()
	v := visit{limit: webTime, private: isPrivate}
	p, err := v.fetch(u)
	if err != nil {
		return u.Redacted(), "", err
	}
	if p.html {
		text, err = posting.HTML(p.data)
	} else {
		text, err = posting.Read(p.data)
	}
	return u.Redacted(), text, err
}

// whileWaiting says after a while on a terminal what is being waited for.
func (e *env) whileWaiting(host string) (stop func()) {
	if e.progress("", 0).off {
		return func() {}
	}
	t := time.AfterFunc(patience, func() { e.say("prep: waiting for %s", host) })
	return func() { t.Stop() }
}

func (v *visit) fetch(u *url.URL) (page, error) {
	ctx, cancel := context.WithTimeout(context.Background(), v.limit)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return page{}, err
	}
	r.Header.Set("User-Agent", "prep (reads one posting for its user)")
	r.Header.Set("Accept", "text/html, text/plain, application/pdf, application/json, */*;q=0.1")
	client := http.Client{Transport: v.transport(), CheckRedirect: mayFollow}
	answer, err := client.Do(r)
	if err != nil {
		return page{}, v.failed(err)
	}
	defer answer.Body.Close() //nolint:errcheck // only read from
	if err := accepted(answer, u); err != nil {
		return page{}, err
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, posting.MaxSize+1))
	switch {
	case err != nil:
		return page{}, v.failed(err)
	case len(data) > posting.MaxSize:
		return page{}, errors.New("the page is over 5 MiB, the most that is read")
	}
	return page{data, strings.Contains(answer.Header.Get("Content-Type"), "html")}, nil
}

func (v *visit) transport() *http.Transport {
	d := net.Dialer{Control: v.mayDial}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            d.DialContext,
		ForceAttemptHTTP2:      true,
		DisableKeepAlives:      true,
		MaxResponseHeaderBytes: webHeader,
	}
}

var errInward = errors.New("the page leads from the internet into your own network: prep does not follow")

// mayDial refuses a private address after one of the internet.
func (v *visit) mayDial(_, address string, _ syscall.RawConn) error {
	a, err := netip.ParseAddrPort(address)
	switch {
	case err != nil:
		return err
	case !v.private(a.Addr().Unmap()):
		v.outside.Store(true)
	case v.outside.Load():
		return errInward
	}
	return nil
}

var shared = netip.MustParsePrefix("100.64.0.0/10") // between a provider and its customers (RFC 6598)

func isPrivate(a netip.Addr) bool {
	return !a.IsGlobalUnicast() || a.IsPrivate() || shared.Contains(a)
}

// mayFollow refuses a redirect that leads too far or elsewhere than to the web.
func mayFollow(r *http.Request, via []*http.Request) error {
	switch {
	case len(via) > webRedirects:
		return errors.New("the page leads on over five times, the most that is followed")
	case r.URL.Scheme != "http" && r.URL.Scheme != "https":
		return fmt.Errorf("the page leads on to %s, and only http and https are followed", r.URL.Scheme)
	}
	return nil
}

// accepted says whether an answer may hold a posting.
func accepted(answer *http.Response, asked *url.URL) error {
	status := strings.TrimSpace(fmt.Sprintf("%d %s", answer.StatusCode, http.StatusText(answer.StatusCode)))
	switch answer.StatusCode {
	case http.StatusOK:
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, 999: // LinkedIn's own
		return posting.Hidden("the page asks for a login, or is not for programs (" + status + ")")
	case http.StatusNotFound, http.StatusGone:
		return fmt.Errorf("the page is gone (%s)", status)
	default:
		return fmt.Errorf("the server answers %s", status)
	}
	if to := answer.Request.URL; to.Path != asked.Path && isLogin(to) {
		return posting.Hidden("the page asks for a login (it leads on to " + to.Host + to.Path + ")")
	}
	return nil
}

// isLogin says whether an address is that of a form to log in.
func isLogin(u *url.URL) bool {
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(u.Path), func(r rune) bool { return r == '/' || r == '.' }), func(step string) bool {
		return slices.Contains([]string{"login", "log-in", "signin", "sign-in", "sign_in", "authwall", "sso", "oauth", "oauth2", "checkpoint"}, step)
	})
}

// failed is the error of a fetch without what the caller says itself.
func (v *visit) failed(err error) error {
	if t, ok := errors.AsType[net.Error](err); ok && t.Timeout() {
		return fmt.Errorf("the page was not there within %s, the most that prep waits", v.limit)
	}
	switch {
	case errors.Is(err, errInward):
		return errInward
	case strings.Contains(err.Error(), "response headers exceeded"): // the library's error has no name
		return errors.New("the headers of the answer are over 64 KiB, the most that is read")
	}
	if d, ok := errors.AsType[*net.DNSError](err); ok {
		return fmt.Errorf("%s: %s", d.Name, d.Err)
	}
	if o, ok := errors.AsType[*net.OpError](err); ok {
		return o.Err
	}
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}
