using System.Collections.Concurrent;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Shop.Tests;

/// <summary>The whole shop, started by the AppHost's own program, with a real PostgreSQL, RabbitMQ and dashboard, on ports of its own.</summary>
public sealed class RunningShop : IAsyncDisposable
{
    // The first start on a machine fetches the servers; after that it takes seconds.
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, ResourceEvent> _instances = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _watch;

    private RunningShop(DistributedApplication app)
    {
        App = app;
        _watch = WatchAsync();
    }

    public DistributedApplication App { get; }

    public HttpClient Gateway => field ??= App.CreateHttpClient("gateway");

    public static async Task<RunningShop> StartAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_startLimit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--KeepData", "false", "--topology", Shape.Topology, .. arguments], static (options, _) => options.DisableDashboard = false, limit.Token);
        builder.Services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.Warning));
        TestImages.UseIn(builder);
        var shop = new RunningShop(await builder.BuildAsync(limit.Token));
        try
        {
            await shop.App.StartAsync(limit.Token);
            await shop.WaitUntilHealthyAsync(limit.Token);
            return shop;
        }
        catch (Exception ex)
        {
            var state = await shop.DescribeAsync();
            await shop.DisposeAsync();
            throw new InvalidOperationException($"The shop did not become healthy within {s_startLimit.TotalMinutes:0} minutes.\n{state}", ex);
        }
    }

    /// <summary>Waits for everything whose health can be told.</summary>
    public Task WaitUntilHealthyAsync(CancellationToken cancellationToken) => WaitUntilHealthyAsync(
        App.Services.GetRequiredService<DistributedApplicationModel>().Resources.Where(r => r.Annotations.OfType<HealthCheckAnnotation>().Any()).Select(r => r.Name),
        cancellationToken);

    public Task WaitUntilHealthyAsync(IEnumerable<string> resources, CancellationToken cancellationToken) => Task.WhenAll(
        resources.Select(resource => App.ResourceNotifications.WaitForResourceHealthyAsync(resource, WaitBehavior.WaitOnResourceUnavailable, cancellationToken)));

    /// <summary>What is known now of each replica of a resource.</summary>
    public IReadOnlyList<ResourceEvent> Instances(string resource) => [.. _instances.Values.Where(e => e.Resource.Name == resource)];

    /// <summary>The process of a resource's only replica.</summary>
    public int ProcessId(string resource) =>
        Convert.ToInt32(Instances(resource).Single().Snapshot.Properties.Single(p => p.Name == "executable.pid").Value, provider: null);

    /// <summary>The state of every resource and the last lines of its log, for the message of a test that failed.</summary>
    public async Task<string> DescribeAsync()
    {
        var text = new StringBuilder();
        var logs = App.Services.GetRequiredService<ResourceLoggerService>();
        foreach (var (id, now) in _instances.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => (i.Key, i.Value.Snapshot)))
        {
            text.AppendLine($"{id}: {now.State?.Text ?? "no state"}, {now.HealthStatus?.ToString() ?? "no health"}, exit code {now.ExitCode?.ToString() ?? "none"}");
            foreach (var report in now.HealthReports.Where(r => r.Description is not null || r.ExceptionText is not null))
            {
                text.AppendLine($"    {report.Name}: {report.Status} {report.Description} {report.ExceptionText?.Split('\n')[0]}");
            }

            var lines = new List<LogLine>();
            await foreach (var batch in logs.GetAllAsync(id).WithCancellation(CancellationToken.None))
            {
                lines.AddRange(batch);
            }

            text.AppendJoin("", lines.TakeLast(8).Select(line => $"    | {line.Content}\n"));
        }

        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _disposed.CancelAsync();
        await _watch;
        _disposed.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            await foreach (var change in App.ResourceNotifications.WatchAsync(_disposed.Token))
            {
                _instances[change.ResourceId] = change;
            }
        }
        catch (OperationCanceledException)
        {
            // The shop is gone, and with it what there was to watch.
        }
    }
}
