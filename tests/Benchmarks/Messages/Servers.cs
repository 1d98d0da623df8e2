using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace Benchmarks.Messages;

/// <summary>A PostgreSQL and a RabbitMQ with nothing in them.</summary>
internal sealed record Servers(DistributedApplication App, string Postgres, string RabbitMQ) : IAsyncDisposable
{
    /// <summary>The first start on a machine fetches the servers.</summary>
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(5);

    public static async Task<Servers> StartAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_startLimit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ServersAppHost>(limit.Token);
        var app = await builder.BuildAsync(limit.Token);
        try
        {
            await app.StartAsync(limit.Token);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("postgres", limit.Token);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("broker", limit.Token);
            return new(
                app,
                await app.GetConnectionStringAsync("postgres", limit.Token) ?? "",
                await app.GetConnectionStringAsync("broker", limit.Token) ?? "");
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
