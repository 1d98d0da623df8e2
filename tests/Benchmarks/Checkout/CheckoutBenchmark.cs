using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Spectre.Console;

namespace Benchmarks.Checkout;

/// <summary>Starts the shop, orders at a constant rate, and accounts for every order and all CPU time.</summary>
internal static class CheckoutBenchmark
{
    private const int Seed = 1, MostLookups = 200;

    /// <summary>So long no order may come to a final status before those that still wait count as stuck.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(CheckoutLoad load, FileInfo? output, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
        {
            AnsiConsole.MarkupLine("[red]CPU time and memory are read from /proc, which only Linux has.[/]");
            return 1;
        }

        ProcessAccounts.Begin();
        AnsiConsole.WriteLine("Starting the shop ...");
        await using var shop = await Shop.StartAsync(load.Dashboard, cancellation);
        await using var finals = await FinalStatuses.ListenAsync(await shop.GetConnectionStringAsync("broker", cancellation) ?? "", cancellation);
        using var customers = new Customers(shop.GetEndpoint("gateway"), Seed);

        AnsiConsole.WriteLine($"Warming up for {load.WarmUp.TotalSeconds:0} s ...");
        var warming = finals.Listener = new();
        await OpenLoad.RunAsync(load.Rate, load.WarmUp, (i, due) => customers.OrderAsync(i, due, warming, cancellation), cancellation);
        await warming.DrainAsync(s_patience, cancellation);

        AnsiConsole.WriteLine($"Measuring for {load.Duration.TotalSeconds:0} s ...");
        var report = await MeasureAsync(load, customers, finals, cancellation);
        CheckoutTable.Print(report);
        await JsonOutput.WriteAsync(report, output);
        return report.Lost == 0 ? 0 : 1;
    }

    private static async Task<CheckoutReport> MeasureAsync(CheckoutLoad load, Customers customers, FinalStatuses finals, CancellationToken cancellation)
    {
        var orders = finals.Listener = new();
        var before = ProcessAccounts.Read();
        using var self = Process.GetCurrentProcess();
        var own = self.TotalProcessorTime;
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var start = Stopwatch.GetTimestamp();
        var backlog = Backlog.WatchAsync(orders, watching.Token);
        await OpenLoad.RunAsync(load.Rate, load.Duration, (i, due) => customers.OrderAsync(i, due, orders, cancellation), cancellation);
        await watching.CancelAsync();
        var sent = Stopwatch.GetElapsedTime(start);
        await orders.DrainAsync(s_patience, cancellation);
        var after = ProcessAccounts.Read();
        self.Refresh();

        var stuck = orders.Waiting;
        var unheard = 0;
        foreach (var order in stuck.Take(MostLookups))
            unheard += await customers.IsFinalAsync(order, cancellation) ? 1 : 0;
        var services = after.Select(a => Usage(a.Key, before.GetValueOrDefault(a.Key, new(TimeSpan.Zero, 0)), a.Value, orders.Final)).ToList();
        return new(
            load, (int)(load.Rate * load.Duration.TotalSeconds), orders.Accepted, orders.Failures, orders.Statuses, unheard, stuck.Count - unheard,
            orders.Accepted / sent.TotalSeconds,
            orders.Final / Math.Max(1e-9, Stopwatch.GetElapsedTime(start, orders.LastFinal).TotalSeconds),
            await backlog, Backlog.Growth(await backlog), orders.Post.Read(), orders.ToFinal.Read(),
            services.Sum(s => s.CpuMillisecondsPerOrder), (self.TotalProcessorTime - own).TotalMilliseconds / Math.Max(1, orders.Final), services);
    }

    private static ServiceUsage Usage(string service, Account before, Account after, int orders) =>
        new(service, (after.Cpu - before.Cpu).TotalMilliseconds / Math.Max(1, orders), before.Memory, after.Memory);
}
