using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Hosting.Tests.Dashboard;

public sealed class ResourceServiceShutdownTests
{
    [Fact]
    public async Task Open_streams_end_when_the_application_stops()
    {
        var end = TestContext.Current.CancellationToken;
        await using var fixture = new ResourceServiceFixture();
        var worker = fixture.AddWorker();
        await fixture.Notifications.PublishUpdateAsync(worker, state => state with { State = KnownResourceStates.Running });
        Assert.True(fixture.Notifications.TryGetCurrentState(worker.Name, out var current));
        var client = await fixture.ConnectAsync();
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(20);
        using var resources = client.WatchResources(new(), deadline: deadline, cancellationToken: end);
        using var logs = client.WatchResourceConsoleLogs(new() { ResourceName = current.ResourceId }, deadline: deadline, cancellationToken: end);
        using var interactions = client.WatchInteractions(deadline: deadline, cancellationToken: end);
        await resources.ResponseStream.MoveNext(end);

        var clock = Stopwatch.StartNew();
        fixture.Lifetime.StopApplication();
        while (await resources.ResponseStream.MoveNext(end))
        {
        }

        while (await logs.ResponseStream.MoveNext(end))
        {
        }

        Assert.False(await interactions.ResponseStream.MoveNext(end));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
