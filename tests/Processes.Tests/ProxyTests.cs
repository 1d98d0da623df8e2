using Xunit;

namespace MsaAspire.Hosting.Processes.Tests;

[Collection("servers")] // one after the other: they count the processes of this machine
public sealed class ProxyTests
{
    [Theory]
    [InlineData(null, null, "localhost,127.0.0.1,::1,[::1]")]
    [InlineData("example.org", null, "example.org,localhost,127.0.0.1,::1,[::1]")]
    [InlineData("example.org, localhost", ".internal", "example.org,localhost,.internal,127.0.0.1,::1,[::1]")]
    public void WhatIsThereIsKept(string? upper, string? lower, string expected) => Assert.Equal(expected, ProxyBypass.Merge([upper, lower]));

    [LongFact]
    public async Task AProxyForTheWorldIsNotAskedForThisMachine()
    {
        // Nothing listens there.
        const string Proxy = "http://127.0.0.1:1";
        await using var servers = ServersProcess.Start([], new Dictionary<string, string> { ["HTTP_PROXY"] = Proxy, ["HTTPS_PROXY"] = Proxy, ["http_proxy"] = Proxy, ["https_proxy"] = Proxy });
        await servers.UntilReadyAsync();
        Assert.True(servers.Says("orders is ready"), servers.Output);
    }
}
