// Torture runs the real program with a real Redis and platforms that fail in
// every way they know, while everything is killed at random, and then proves
// from the record that nothing was lost, doubled, out of order or late.
//
//	go run ./torture -minutes 30
//
// Told to end (SIGTERM, Ctrl-C), it ends the harm, brings everything to rest and
// gives its verdict on what there was. The last line of its output is the verdict
// as JSON.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"onestep/bot/store/redistest"
	"onestep/launch"
)

func main() {
	minutes := flag.Float64("minutes", 30, "how long harm is done")
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "decides every fault and every act")
	harder := flag.Float64("harder", 1, "how many times more often than usual harm is done")
	calm := flag.Bool("calm", false, "do no harm, to see what is the program's own")
	broken := flag.String("broken", "", "torture a program that is broken in one way, which must show: see -ways")
	ways := flag.Bool("ways", false, "list the ways to break it, and do nothing")
	keep := flag.Bool("keep", false, "keep the log of the replicas also when all is well")
	flag.Parse()
	if *ways {
		fmt.Println(strings.Join(slices.Sorted(maps.Keys(breakages)), "\n"))
		return
	}
	o := defaults(time.Duration(*minutes*float64(time.Minute)), *seed, os.Stdout)
	o.Calm, o.Harder = *calm, *harder
	o.Keep = *keep
	os.Exit(torture(o, *broken))
}

// torture gives the exit code: 0 when nothing was wrong, or when what is broken
// has shown.
func torture(o options, broken string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // the second signal ends it at once
	defer launch.Sweep()
	how, ok := breakages[broken]
	if broken != "" {
		if !ok {
			fmt.Fprintln(os.Stderr, "There is no such way to break it. List them with -ways.")
			return 2
		}
		dir, err := os.MkdirTemp("", "broken")
		if err == nil {
			defer os.RemoveAll(dir)
			o.Program, err = how.build(dir)
			o.Freezes, o.PerSecond, o.Calm = max(how.freezes, 1), how.rate, o.Calm || how.calm
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 2
		}
	}
	t, clean := redistest.Outside()
	r := run(ctx, t, o)
	clean()
	fmt.Print(r.tell())
	line, err := json.Marshal(r.verdict())
	if err != nil {
		panic(err) // plain values
	}
	fmt.Printf("%s\n", line)
	switch {
	case broken != "" && how.shown(r):
		fmt.Printf("It is broken (%s), and that has shown.\n", broken)
		return 0
	case broken != "":
		fmt.Printf("It is broken (%s), and that has not shown.\n", broken)
		return 1
	case !r.fine():
		return 1
	}
	if !o.Keep {
		os.Remove(r.Log)
	}
	return 0
}
