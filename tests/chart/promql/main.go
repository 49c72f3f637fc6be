// Reads rule groups, as a PrometheusRule's spec holds them, or with -queries one query a line, from stdin, as Prometheus
// itself does. Prints one line for each selector in them: its metric and the labels that it or an aggregation names.
// What Prometheus would not take ends it with a message on stderr.
package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"sort"
	"strings"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
)

func main() {
	input, err := io.ReadAll(os.Stdin)
	fail(err)
	promql := parser.NewParser(parser.Options{})
	if len(os.Args) > 1 && os.Args[1] == "-queries" {
		for _, query := range strings.Split(strings.TrimSpace(string(input)), "\n") {
			selectors(promql, query)
		}
		return
	}
	groups, errs := rulefmt.Parse(input, false, model.UTF8Validation, promql, slog.Default())
	for _, err := range errs {
		fail(err)
	}
	for _, group := range groups.Groups {
		for _, rule := range group.Rules {
			selectors(promql, rule.Expr)
		}
	}
}

func selectors(promql parser.Parser, query string) {
	expression, err := promql.ParseExpr(query)
	if err != nil {
		fail(fmt.Errorf("%s: %w", query, err))
	}
	var grouping []string
	parser.Inspect(expression, func(node parser.Node, _ []parser.Node) error {
		if aggregation, ok := node.(*parser.AggregateExpr); ok {
			grouping = append(grouping, aggregation.Grouping...)
		}
		return nil
	})
	parser.Inspect(expression, func(node parser.Node, _ []parser.Node) error {
		if selector, ok := node.(*parser.VectorSelector); ok {
			names := append([]string{}, grouping...)
			for _, matcher := range selector.LabelMatchers {
				if matcher.Name != labels.MetricName {
					names = append(names, matcher.Name)
				}
			}
			sort.Strings(names)
			fmt.Println(strings.Join(append([]string{selector.Name}, names...), " "))
		}
		return nil
	})
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
