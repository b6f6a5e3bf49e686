package redistest

import (
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// Proxy stands between a client and a server and breaks the line on demand.
// Safe for concurrent use.
type Proxy struct {
	server   string
	listener net.Listener

	mu      sync.Mutex
	lines   map[*line]bool
	refuse  bool
	silent  bool
	swallow int
	lost    int
	delay   time.Duration
}

// line is one connection through the proxy.
type line struct{ client, server net.Conn }

func (l *line) hangUp() {
	l.client.Close()
	l.server.Close()
}

// NewProxy starts a proxy before a server; it ends with the test.
func NewProxy(t testing.TB, server string) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{server: server, listener: l, lines: make(map[*line]bool)}
	go p.serve()
	t.Cleanup(func() {
		l.Close()
		p.Cut()
	})
	return p
}

// URL is the address as a setting has it.
func (p *Proxy) URL() string { return "redis://" + p.Addr() }

// Addr is host and port.
func (p *Proxy) Addr() string { return p.listener.Addr().String() }

// Cut hangs up every connection and refuses new ones until Mend.
func (p *Proxy) Cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = true
	p.hangUp()
}

// Blackhole keeps connections open and lets nothing through, until Mend.
func (p *Proxy) Blackhole() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.silent = true
}

// Mend lets everything through again. What was lost stays lost, so every
// connection that stood before is hung up.
func (p *Proxy) Mend() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse, p.silent, p.swallow, p.delay = false, false, 0, 0
	p.hangUp()
}

// LoseAnswers hangs up instead of handing back the next n answers to scripts:
// the server has done what it was told, and nobody hears of it.
func (p *Proxy) LoseAnswers(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.swallow, p.lost = n, 0
}

// Delay holds every answer back for so long, until Mend. What it answers to has
// been done by then.
func (p *Proxy) Delay(by time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.delay = by
}

// Lost is how many answers were lost since LoseAnswers.
func (p *Proxy) Lost() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.lost
}

func (p *Proxy) hangUp() {
	for l := range p.lines {
		l.hangUp()
		delete(p.lines, l)
	}
}

func (p *Proxy) serve() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.mu.Lock()
		refuse := p.refuse
		p.mu.Unlock()
		if refuse {
			client.Close()
			continue
		}
		server, err := net.Dial("tcp", p.server)
		if err != nil {
			client.Close()
			continue
		}
		l := &line{client, server}
		p.mu.Lock()
		p.lines[l] = true
		p.mu.Unlock()
		scripts := make(chan struct{}, 1024)
		go p.pass(l, client, server, func(data string) bool { return p.asks(data, scripts) })
		go p.pass(l, server, client, func(data string) bool { return p.answers(data, scripts) })
	}
}

// pass copies one direction as long as may says so.
func (p *Proxy) pass(l *line, from io.Reader, to io.Writer, may func(string) bool) {
	defer func() {
		l.hangUp()
		p.mu.Lock()
		delete(p.lines, l)
		p.mu.Unlock()
	}()
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if err != nil {
			return
		}
		p.mu.Lock()
		silent := p.silent
		p.mu.Unlock()
		if silent {
			continue // read and gone
		}
		if !may(string(buf[:n])) {
			return
		}
		if from == io.Reader(l.server) {
			time.Sleep(p.delayed())
		}
		if _, err := to.Write(buf[:n]); err != nil {
			return
		}
	}
}

func (p *Proxy) delayed() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.delay
}

// asks notes that a script was asked for. A client of ours has one command
// under way on each connection.
func (p *Proxy) asks(data string, scripts chan struct{}) bool {
	head := strings.ToLower(data[:min(len(data), 64)])
	if strings.Contains(head, "\r\nevalsha\r\n") || strings.Contains(head, "\r\neval\r\n") {
		scripts <- struct{}{}
	}
	return true
}

// answers decides whether an answer is handed back. A refusal is not an
// answer: nothing was done then.
func (p *Proxy) answers(data string, scripts chan struct{}) bool {
	select {
	case <-scripts:
	default:
		return true
	}
	if strings.HasPrefix(data, "-") {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.swallow == 0 {
		return true
	}
	p.swallow--
	p.lost++
	return false
}
