package main

import "onestep/dialogs/drawing"

type graphCommand struct {
	Script string `arg:"" help:"The name of a check-in, such as weekly, or the path of a script file."`
	Format string `enum:"mermaid,dot,svg" default:"mermaid" help:"mermaid (for wikis and code hosts), dot (for Graphviz) or svg (a page of its own)."`
}

func (graphCommand) Help() string {
	return `Draws a script: what is said and asked, where each answer leads, and what each line is for, in the colours of the technique families, with a legend. Steps that always follow one another share a box.

Example:

    onestep graph weekly --format svg > weekly.svg
    onestep graph scripts/my-week.yaml`
}

func (c graphCommand) Run(w world) error {
	scripts, name, err := chatCommand{Script: c.Script}.open()
	if err != nil {
		return err
	}
	script, _ := scripts.Script(name)
	switch c.Format {
	case "svg":
		return drawing.SVG(w.Out, script)
	case "dot":
		return drawing.DOT(w.Out, script)
	}
	return drawing.Mermaid(w.Out, script)
}
