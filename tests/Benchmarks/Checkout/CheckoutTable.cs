using Spectre.Console;

namespace Benchmarks.Checkout;

/// <summary>The figures of a run, for people.</summary>
internal static class CheckoutTable
{
    public static void Print(CheckoutReport report)
    {
        var orders = new Table().Title($"{report.Load.Rate:0.#} orders/s for {report.Load.Duration.TotalSeconds:0} s").AddColumns("", "");
        orders.AddRow("scheduled", $"{report.Scheduled:N0}");
        orders.AddRow("accepted", $"{report.Accepted:N0} ({report.AcceptedPerSecond:0.0}/s)");
        orders.AddRow("not accepted", Counts(report.Failures));
        orders.AddRow("final", $"{Counts(report.Statuses)} ({report.FinalPerSecond:0.0}/s)");
        orders.AddRow("lost", $"{report.Lost}{(report.Unheard > 0 ? $" (and {report.Unheard} final, but their event was not heard)" : "")}");
        orders.AddRow("backlog", $"{string.Join(' ', Every(report.Backlog, 10))}; grows by {report.BacklogGrowth:0.00}/s in the second half");
        orders.AddRow("CPU per order", $"{report.CpuMillisecondsPerOrder:0.00} ms (generator: {report.GeneratorCpuMillisecondsPerOrder:0.00} ms more)");
        AnsiConsole.Write(orders);

        var latency = new Table().AddColumns("ms", "p50", "p90", "p99", "p99.9", "max");
        Add("POST", report.Post);
        Add("POST to final", report.ToFinal);
        AnsiConsole.Write(latency);

        var services = new Table().AddColumns("service", "CPU ms/order", "MB at start", "MB at end");
        foreach (var service in report.Services)
            services.AddRow(service.Service, $"{service.CpuMillisecondsPerOrder:0.000}", $"{service.MemoryAtStart / 1e6:0}", $"{service.MemoryAtEnd / 1e6:0}");
        AnsiConsole.Write(services);

        var tables = new Table().AddColumns("table", "rows at start", "at end", "MB at start", "at end");
        foreach (var (start, end) in report.Tables)
            tables.AddRow(start.Name, $"{start.Rows:N0}", $"{end.Rows:N0}", $"{start.Bytes / 1e6:0.0}", $"{end.Bytes / 1e6:0.0}");
        if (report.Tables.Count > 0)
            AnsiConsole.Write(tables);

        void Add(string name, Percentiles p) =>
            latency.AddRow(name, $"{p.P50:0.0}", $"{p.P90:0.0}", $"{p.P99:0.0}", $"{p.P999:0.0}", $"{p.Max:0.0}");
    }

    private static string Counts(IReadOnlyDictionary<string, int> counts) =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.OrderBy(c => c.Key).Select(c => $"{c.Key} {c.Value:N0}"));

    private static IEnumerable<int> Every(IReadOnlyList<int> samples, int most) =>
        samples.Where((_, i) => i % Math.Max(1, samples.Count / most) == 0);
}
