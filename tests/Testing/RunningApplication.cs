using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MsaAspire.Testing;

/// <summary>An AppHost's application in the test's process, on ports of its own, with real servers.</summary>
public class RunningApplication : IAsyncDisposable
{
    // The first start on a machine fetches the servers; after that it takes seconds.
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(5);
    private const int LastLines = 8;

    private static readonly TimeSpan s_registered = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, ResourceEvent> _instances = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _watch;

    private protected RunningApplication(DistributedApplication app)
    {
        App = app;
        _watch = WatchAsync();
    }

    public DistributedApplication App { get; }

    /// <summary>Waits for everything whose health can be told.</summary>
    public Task WaitUntilHealthyAsync(CancellationToken cancellationToken) => WaitUntilHealthyAsync(
        App.Services.GetRequiredService<DistributedApplicationModel>().Resources.Where(r => r.HasAnnotationOfType<HealthCheckAnnotation>()).Select(r => r.Name),
        cancellationToken);

    public Task WaitUntilHealthyAsync(IEnumerable<string> resources, CancellationToken cancellationToken) => Task.WhenAll(
        resources.Select(resource => App.ResourceNotifications.WaitForResourceHealthyAsync(resource, WaitBehavior.WaitOnResourceUnavailable, cancellationToken)));

    /// <summary>What is known now of each replica of a resource.</summary>
    public IReadOnlyList<ResourceEvent> Instances(string resource) => [.. _instances.Values.Where(e => e.Resource.Name == resource)];

    /// <summary>The process of a resource's only replica.</summary>
    public int ProcessId(string resource) => ProcessId(Instances(resource).Single());

    /// <summary>The process of one replica.</summary>
    public static int ProcessId(ResourceEvent replica) =>
        Convert.ToInt32(replica.Snapshot.Properties.Single(p => p.Name == "executable.pid").Value, provider: null);

    /// <summary>Kills the process of a service, or of a server's <c>-process</c> (SIGKILL), and waits until the resource has ended.</summary>
    public async Task KillAsync(string resource, CancellationToken cancellationToken)
    {
        var server = $"{resource}-process";
        if (Queues.Count > 0 && Instances(server) is [{ Snapshot.EnvironmentVariables: var environment }] && environment.SingleOrDefault(v => v.Name == "RABBITMQ_MNESIA_BASE") is { Value: { } data })
            Assert.True(await Eventually.IsTrueAsync(() => Queues.All(queue => IsRegistered(data, queue)), s_registered), $"RabbitMQ has not written the names of {string.Join(", ", Queues)} to disk.");
        using (var process = Process.GetProcessById(ProcessId(Instances(server).Count > 0 ? server : resource)))
            process.Kill();
        await WaitForEndAsync(resource, cancellationToken);
    }

    /// <summary>The quorum queues that must survive a kill of the broker.</summary>
    protected virtual IReadOnlyList<string> Queues => [];

    /// <summary>
    /// Whether a quorum queue is on disk under its name. RabbitMQ (4.0 as 3.10 before it) writes that a moment after it has confirmed messages in a new
    /// queue. Killed in between it has the messages, but does not find them under that name any more.
    /// </summary>
    /// <param name="data">The broker's data folder.</param>
    /// <param name="queue">The queue's name.</param>
    public static bool IsRegistered(string data, string queue) => Directory.EnumerateFiles(data, "names.dets", SearchOption.AllDirectories)
        .Any(registry => Regex.IsMatch(Encoding.Latin1.GetString(File.ReadAllBytes(registry)), $@"_{Regex.Escape(queue)}(?!\.)", RegexOptions.None, s_registered));

    /// <summary>Waits until the resource's process has ended.</summary>
    public Task WaitForEndAsync(string resource, CancellationToken cancellationToken) =>
        App.ResourceNotifications.WaitForResourceAsync(resource, e => KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text), cancellationToken);

    /// <summary>Executes a command (see <see cref="KnownResourceCommands"/>) of a resource's only replica; it must succeed.</summary>
    public Task CommandAsync(string resource, string command, CancellationToken cancellationToken) =>
        CommandAsync(Instances(resource).Single(), command, cancellationToken);

    /// <summary>Executes a command of one replica; it must succeed.</summary>
    public async Task CommandAsync(ResourceEvent replica, string command, CancellationToken cancellationToken)
    {
        var result = await App.ResourceCommands.ExecuteCommandAsync(replica.ResourceId, command, cancellationToken);
        Assert.True(result.Success, $"{command} of {replica.ResourceId}: {result.Message}");
    }

    /// <summary>The state of every resource and the last lines of its log, for the message of a test that failed.</summary>
    public async Task<string> DescribeAsync()
    {
        var text = new StringBuilder();
        var logs = App.Services.GetRequiredService<ResourceLoggerService>();
        foreach (var (id, now) in _instances.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => (i.Key, i.Value.Snapshot)))
        {
            text.AppendLine($"{id}: {now.State?.Text ?? "no state"}, {now.HealthStatus?.ToString() ?? "no health"}, exit code {now.ExitCode?.ToString() ?? "none"}");
            foreach (var report in now.HealthReports.Where(r => r.Description is not null || r.ExceptionText is not null))
                text.AppendLine($"    {report.Name}: {report.Status} {report.Description} {report.ExceptionText?.Split('\n')[0]}");

            text.AppendJoin("", (await LinesOfAsync(logs, id)).TakeLast(LastLines).Select(line => $"    | {line}\n"));
        }

        return text.ToString();
    }

    /// <summary>All lines of a resource's log so far; where DCP no longer has them, why.</summary>
    private protected static async Task<IReadOnlyList<string>> LinesOfAsync(ResourceLoggerService logs, string resource)
    {
        var lines = new List<string>();
        try
        {
            await foreach (var batch in logs.GetAllAsync(resource).WithCancellation(CancellationToken.None))
                lines.AddRange(batch.Select(line => line.Content));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || e.GetType().Name == "HttpOperationException")
        {
            lines.Add($"its log cannot be read: {e.Message}");
        }

        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _disposed.CancelAsync();
        await _watch;
        _disposed.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts an AppHost's own program and waits until it is healthy.</summary>
    private protected static async Task<T> StartAsync<TAppHost, T>(
        string[] arguments, bool dashboard, Func<DistributedApplication, T> wrap, CancellationToken cancellationToken)
        where TAppHost : class where T : RunningApplication
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_startLimit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<TAppHost>(arguments, (options, _) => options.DisableDashboard = !dashboard, limit.Token);
        KeepQuiet(builder);
        if (!dashboard)
            SendNoTelemetry(builder);
        TestImages.UseIn(builder);
        var application = wrap(await builder.BuildAsync(limit.Token));
        try
        {
            await application.App.StartAsync(limit.Token);
            await application.WaitUntilHealthyAsync(limit.Token);
            return application;
        }
        catch (Exception e)
        {
            var state = await application.DescribeAsync();
            await application.DisposeAsync();
            throw new InvalidOperationException(
                $"The application {typeof(TAppHost).Name} {string.Join(' ', arguments)} did not become healthy within {s_startLimit.TotalMinutes:0} minutes.\n{state}", e);
        }
    }

    // The test host repeats each line of each resource, and those of the standard error as failures, which is where PostgreSQL logs. Databases
    // are checked before they exist. Whoever looks for a fault finds the last lines in DescribeAsync.
    private static void KeepQuiet(IDistributedApplicationTestingBuilder builder) => builder.Services.AddLogging(logging => logging
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter($"{builder.Environment.ApplicationName}.Resources", LogLevel.None)
        .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));

    // Aspire has all services send their telemetry to a dashboard, whether there is one or not.
    private static void SendNoTelemetry(IDistributedApplicationTestingBuilder builder)
    {
        foreach (var resource in builder.Resources.OfType<IResourceWithEnvironment>())
            builder.CreateResourceBuilder(resource).WithEnvironment(context => context.EnvironmentVariables.Remove("OTEL_EXPORTER_OTLP_ENDPOINT"));
    }

    private async Task WatchAsync()
    {
        try
        {
            await foreach (var change in App.ResourceNotifications.WatchAsync(_disposed.Token))
                _instances[change.ResourceId] = change;
        }
        catch (OperationCanceledException)
        {
            // The application is gone, and with it what there was to watch.
        }
    }
}
