using Xunit;

namespace Gateway.Tests;

/// <summary>How clients leave a gateway that is told to stop.</summary>
public sealed class Draining : GatewayTest
{
    protected override (string Key, string Value)[] Settings => [("Drain:Seconds", "2")];

    [Fact]
    public async Task As_long_as_nothing_stops_connections_are_kept()
    {
        using var response = await GetAsync("/api/things");

        Assert.NotEqual(true, response.Headers.ConnectionClose);
    }

    [Fact]
    public async Task After_the_signal_requests_are_served_and_their_clients_asked_to_go_elsewhere()
    {
        using (await GetAsync("/api/things"))
        {
        }

        var stopped = Gateway.StopAsync(Cancelled);
        using var response = await GetAsync("/api/things");

        Assert.True(response.IsSuccessStatusCode);
        Assert.True(response.Headers.ConnectionClose);
        Assert.False(stopped.IsCompleted);
        await stopped.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync("/api/things"));
    }
}
