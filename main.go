// Onestep is a chat-bot for social prescribing: scripted, solution-focused
// check-ins with patients over Telegram and Slack, nudges for their link
// workers, and a weekly summary for the team.
//
// This file is the picture of the whole: the commands, what they may touch of
// the outside world, and how their errors reach a person. Each command is one
// file beside this one.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // time zones for machines and images that have none

	"github.com/alecthomas/kong"
)

// commands is everything onestep can be asked to do: one line, one file.
type commands struct {
	Serve     serveCommand     `cmd:"" help:"Run the bot."`
	Demo      demoCommand      `cmd:"" help:"Show four weeks with made-up people: no account, no server."`
	Chat      chatCommand      `cmd:"" help:"Play one script here and answer it yourself."`
	Lint      lintCommand      `cmd:"" help:"Check scripts and say what is wrong, with file, line and column."`
	Test      testCommand      `cmd:"" help:"Play written-down conversations and say where the scripts now answer otherwise."`
	Translate translateCommand `cmd:"" help:"Write a file for translators, or take one in."`
	Graph     graphCommand     `cmd:"" help:"Draw a script: as Mermaid, DOT or SVG."`
	Read      readCommand      `cmd:"" help:"Read replies as a patient's answers are read, one a line."`
	Export    exportCommand    `cmd:"" help:"Write everything that is kept of one person, as JSON."`
	Erase     eraseCommand     `cmd:"" help:"Erase everything that is kept of one person."`
	Bench     benchCommand     `cmd:"" help:"Measure this build on this machine and an empty Redis."`
	Keyset    keysetCommand    `cmd:"" help:"Make the keyset that encrypts people's words."`
	Version   versionCommand   `cmd:"" help:"Say which onestep this is."`
}

// world is what a command may touch of the outside.
type world struct {
	// Context ends when the program is asked to stop.
	Context context.Context
	In      io.Reader
	Out     io.Writer // answers
	Err     io.Writer // the log, and sentences about what went wrong
	Environ []string  // as os.Environ gives it
}

// Exit codes: what was asked was done; it could not be done; it was not
// understood.
const (
	done          = 0
	failed        = 1
	notUnderstood = 2
)

func main() {
	if os.Getenv("GOGC") == "" {
		// A turn makes some hundred short-lived values beside a small heap:
		// collecting a quarter as often saves a tenth of its time for some tens
		// of megabytes.
		debug.SetGCPercent(400)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The first signal asks to stop; with the handler gone a second one kills.
	context.AfterFunc(ctx, stop)
	os.Exit(run(os.Args[1:], world{Context: ctx, In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Environ: os.Environ()}))
}

// run reads the command line and runs its command.
func run(args []string, w world) (code int) {
	var chosen commands
	parser := kong.Must(&chosen,
		kong.Name("onestep"),
		kong.Description("A chat-bot for social prescribing. Try it with `onestep demo`: it needs no account and no server."),
		kong.Writers(w.Out, w.Err),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 100}),
		kong.Exit(func(code int) { panic(exit(code)) }), // only --help asks for it
	)
	defer func() {
		switch r := recover().(type) {
		case nil:
		case exit:
			code = int(r)
		default:
			panic(r)
		}
	}()
	if len(args) == 0 {
		args = []string{"--help"}
	}
	asked, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(w.Err, "onestep: %s\nRun `onestep --help` to see what there is.\n", err)
		return notUnderstood
	}
	if err := asked.Run(w); err != nil && !(errors.Is(err, context.Canceled) && w.Context.Err() != nil) {
		fmt.Fprintf(w.Err, "onestep: %s\n", err)
		return failed
	}
	return done
}

// exit carries an exit code out of the parser.
type exit int
