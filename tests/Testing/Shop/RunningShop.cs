using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace MsaAspire.Testing.Shop;

/// <summary>The whole shop, with a real PostgreSQL and RabbitMQ.</summary>
public sealed class RunningShop : RunningApplication
{
    private RunningShop(DistributedApplication app, Shape shape) : base(app) =>
        (Shape, Queues) = (shape, shape == Shape.Microservices ? [.. Shape.Modules.SelectMany(m => (string[])[m, $"{m}.dead"])] : []);

    public Shape Shape { get; }

    public HttpClient Gateway => field ??= App.CreateHttpClient("gateway");

    protected override IReadOnlyList<string> Queues { get; }

    /// <param name="shape">One of the two shapes.</param>
    /// <param name="dashboard">Whether the dashboard runs, without which services send no telemetry.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="arguments">Of the AppHost, in addition.</param>
    public static Task<RunningShop> StartAsync(Shape shape, bool dashboard, CancellationToken cancellationToken, params string[] arguments) =>
        StartAsync<Projects.AppHost, RunningShop>(
            ["--KeepData", "false", "--topology", shape.Topology, .. arguments], dashboard, app => new(app, shape), cancellationToken);
}
