using System.Diagnostics;
using Aspire.Hosting.Testing;
using MsaAspire.Lab.Load;
using MsaAspire.Testing.Shop;
using Spectre.Console;

namespace Benchmarks.Checkout;

/// <summary>Starts the shop, orders at a constant rate, and accounts for every order and all CPU time.</summary>
internal static class CheckoutBenchmark
{
    private const int Seed = 1;

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
        await using var shop = await RunningShop.StartAsync(Shape.Microservices, load.Dashboard, cancellation);
        var broker = await shop.App.GetConnectionStringAsync("broker", cancellation) ?? "";
        await using var customers = await ShopLoad.ConnectAsync(shop.App.GetEndpoint("gateway"), broker, Seed, cancellation);

        AnsiConsole.WriteLine($"Warming up for {load.WarmUp.TotalSeconds:0} s ...");
        var warming = customers.Start(RatesOf(load.WarmUpRate), cancellation, Gaps.Equal);
        await Task.Delay(load.WarmUp, cancellation);
        await warming.StopAsync(s_patience);

        AnsiConsole.WriteLine($"Measuring for {load.Duration.TotalSeconds:0} s ...");
        var report = await MeasureAsync(load, shop, customers, cancellation);
        CheckoutTable.Print(report);
        await JsonOutput.WriteAsync(report, output);
        return report.Lost == 0 ? 0 : 1;
    }

    private static Rates RatesOf(double orders) => new(Browse: 0, Search: 0, Order: orders);

    private static async Task<CheckoutReport> MeasureAsync(CheckoutLoad load, RunningShop shop, ShopLoad customers, CancellationToken cancellation)
    {
        var tables = load.Tables ? await TableSizes.ReadAsync(shop, cancellation) : null;
        var before = ProcessAccounts.Read();
        using var self = Process.GetCurrentProcess();
        var own = self.TotalProcessorTime;
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var run = customers.Start(RatesOf(load.Rate), cancellation, Gaps.Equal);
        var backlog = Backlog.WatchAsync(run, watching.Token);
        await Task.Delay(load.Duration, cancellation);
        await watching.CancelAsync();
        var report = await run.StopAsync(s_patience);
        var after = ProcessAccounts.Read();
        self.Refresh();
        var grown = tables is null ? [] : (await TableSizes.ReadAsync(shop, cancellation)).Select(t => new TableGrowth(tables[t.Key], t.Value)).ToList();
        if (report.Behind is { } behind)
            AnsiConsole.MarkupLineInterpolated($"[yellow]{behind}[/]");

        var (orders, posts) = (report.Orders, report.Requests(Operations.Order));
        var services = after.Select(a => Usage(a.Key, before.GetValueOrDefault(a.Key, new(TimeSpan.Zero, 0)), a.Value, orders.Final)).ToList();
        return new(
            load, posts.Count, orders.Accepted, report.Failures(Operations.Order), orders.ByStatus, orders.Unheard, orders.Stuck + orders.Unknown,
            orders.Accepted / report.Seconds, orders.Final / Math.Max(report.Seconds, orders.LastFinalSeconds),
            await backlog, Backlog.Growth(await backlog), Percentiles.Of(posts), Percentiles.Of(report.Requests(Operations.OrderToFinal)),
            services.Sum(s => s.CpuMillisecondsPerOrder), (self.TotalProcessorTime - own).TotalMilliseconds / Math.Max(1, orders.Final), services, grown);
    }

    private static ServiceUsage Usage(string service, Account before, Account after, int orders) =>
        new(service, (after.Cpu - before.Cpu).TotalMilliseconds / Math.Max(1, orders), before.Memory, after.Memory);
}
