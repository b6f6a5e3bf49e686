package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"onestep/adapters/adaptertest/slackfake"
	"onestep/adapters/adaptertest/telegramfake"
	"onestep/bot/store"
	"onestep/bot/store/redistest"
	"onestep/launch"
	"onestep/torture/checker"
)

// world is everything around the program: Redis, the platforms, the replicas.
type world struct {
	options
	dir      string
	keyset   *store.Keyset
	redis    *redistest.Server
	telegram *telegramfake.Server
	slack    *slackfake.Slack
	replicas []*replica
	sky      *weather
	door     *door
	http     atomic.Bool // the platforms come in over HTTP
	host     string
	log      *os.File
	began    time.Time
	rested   time.Time // when the people's clock was turned back

	mu      sync.Mutex
	blows   []checker.Blow
	started []checker.Start // replicas, in order
	hurt    map[string]int  // blows by kind
	found   []string        // what went wrong that no record tells
}

// Where people are. All are made up.
const (
	telegramLead = 1001
	telegramRoom = -1001234567890
	slackLead    = "U0LEAD"
	slackRoom    = "C0MEADOW"
	shards       = 8
)

// caps are how often people are written to first in any seven days, by team: one is
// the usual, and the other holds back each reminder.
var caps = map[string]int{"harbour": 1, "meadow": 3}

// The two teams live in different zones and keep the usual quiet hours.
const settings = `teams:
  - id: harbour
    name: Harbour team
    zone: Europe/London
    nation: england
    channel: "telegram:%d"
    leads: ["telegram:%d"]
    weekly_cap: %d
    hours: {days: mon-sun, from: "08:00", to: "20:00"}
    quiet: {from: "20:00", to: "09:00"}
    bank_holidays: none
  - id: meadow
    name: Meadow team
    zone: America/New_York
    nation: england
    channel: "slack:%s"
    leads: ["slack:%s"]
    weekly_cap: %d
    hours: {days: mon-fri, from: "09:00", to: "17:00"}
    quiet: {from: "20:00", to: "09:00"}
    bank_holidays: none
`

func newWorld(t testing.TB, o options) *world {
	w := &world{options: o, hurt: map[string]int{}, began: time.Now(), sky: newWeather(o.Seed)}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	w.dir, err = os.MkdirTemp("", "torture")
	must(err)
	t.Cleanup(func() { os.RemoveAll(w.dir) })
	w.keyset, err = store.NewKeyset()
	must(err)
	// What the server writes is the record of the run, so it forgets nothing.
	w.redis = redistest.Start(t, "--aof-timestamp-enabled", "yes", "--auto-aof-rewrite-percentage", "0")
	w.telegram, err = telegramfake.Start(telegramfake.Config{Spacing: 100 * time.Millisecond})
	must(err)
	t.Cleanup(w.telegram.Close)
	w.slack, err = slackfake.Start(slackfake.Config{Repeats: []time.Duration{0, 3 * time.Second, 10 * time.Second, 30 * time.Second}})
	must(err)
	t.Cleanup(w.slack.Close)
	w.telegram.Weather(w.sky.telegram)
	w.slack.Weather(w.sky.slack)
	w.slack.Late(w.sky.late)
	w.slack.AddChannel(slackRoom)
	w.telegram.Group(telegramRoom, "Harbour", w.telegram.Person(telegramLead))
	text := fmt.Sprintf(settings, telegramRoom, telegramLead, caps["harbour"], slackRoom, slackLead, caps["meadow"])
	must(os.WriteFile(filepath.Join(w.dir, "onestep.yaml"), []byte(text), 0o600))
	w.log, err = os.CreateTemp("", "torture-*.log")
	must(err)
	t.Cleanup(func() { w.log.Close() })
	var addrs []string
	for range o.Replicas {
		addr, err := launch.FreeAddr()
		must(err)
		w.replicas = append(w.replicas, &replica{w: w, addr: addr})
		addrs = append(addrs, addr)
	}
	w.door, err = openDoor(addrs, w.sky)
	must(err)
	t.Cleanup(w.door.close)
	w.host, err = os.Hostname()
	must(err)
	return w
}

// env is all that a replica knows of its world. Slack comes in whichever way its
// own settings say.
func (w *world) env() []string {
	bot, app := w.slack.Tokens()
	env := []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + w.dir,
		"ONESTEP_CONFIG=" + filepath.Join(w.dir, "onestep.yaml"),
		"ONESTEP_REDIS_URL=" + w.redis.URL(),
		"ONESTEP_ENCRYPTION_KEYSET=" + w.keyset.String(),
		"ONESTEP_TELEGRAM_TOKEN=" + w.telegram.Token, "ONESTEP_TELEGRAM_API_URL=" + w.telegram.URL,
		"ONESTEP_SLACK_BOT_TOKEN=" + bot, "ONESTEP_SLACK_APP_TOKEN=" + app, "ONESTEP_SLACK_API_URL=" + w.slack.APIURL(),
		"ONESTEP_SLACK_SIGNING_SECRET=" + w.slack.SigningSecret(),
		fmt.Sprintf("ONESTEP_SHARDS=%d", shards), "ONESTEP_LOG_LEVEL=debug",
	}
	if w.http.Load() {
		env = append(env, "ONESTEP_TELEGRAM_WEBHOOK_URL="+w.door.url+"/telegram/webhook", "ONESTEP_TELEGRAM_WEBHOOK_SECRET="+webhookSecret)
	}
	if w.PerSecond > 0 {
		env = append(env, fmt.Sprintf("ONESTEP_TELEGRAM_RATE=%g", w.PerSecond))
	}
	return env
}

// starts notes that a replica is about to start.
func (w *world) starts(s checker.Start) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.started = append(w.started, s)
}

// blow notes harm that explains nothing.
func (w *world) blow(what string) (over func()) { return w.strikes(checker.Blow{What: what}) }

// harm notes harm from its beginning; the returned function notes its end.
func (w *world) harm(what string, harm checker.Harm, place string) (over func()) {
	return w.strikes(checker.Blow{What: what, Harm: harm, Place: place})
}

func (w *world) strikes(b checker.Blow) (over func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := len(w.blows)
	b.From = time.Now()
	b.To = b.From
	w.blows = append(w.blows, b)
	w.hurt[b.What]++
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.blows[i].To = time.Now()
	}
}

// wrong notes what must not be and stands in no record.
func (w *world) wrong(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.found = append(w.found, fmt.Sprintf(format, args...))
}

// history reads everything that was ever done to the store.
func (w *world) history() ([]store.Deed, error) {
	files, err := filepath.Glob(filepath.Join(w.redis.Dir(), "appendonlydir", "*.incr.aof"))
	if err != nil {
		return nil, err
	}
	if len(files) != 1 { // it is never rewritten
		return nil, fmt.Errorf("the store's record is %d files, and not one", len(files))
	}
	var deeds []store.Deed
	for _, path := range files {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		err = store.History(file, "", w.keyset, func(d store.Deed) error {
			deeds = append(deeds, d)
			return nil
		})
		file.Close()
		if err != nil {
			return nil, err
		}
	}
	return deeds, nil
}

// waiting counts the outbox entries that have not come to an end.
func waiting(deeds []store.Deed) (n int) {
	for _, d := range deeds {
		switch d.Kind {
		case store.Committed:
			n += len(d.Outbox)
		case store.Delivered, store.GivenUp, store.CalledOff:
			n--
		}
	}
	return n
}

// eventually waits until something holds; the edge of a process has no other
// way to wait.
func eventually(within time.Duration, holds func() bool) bool {
	for end := time.Now().Add(within); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}
