using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests;

/// <summary>A gateway in front of one destination that answers what it was sent.</summary>
public abstract class GatewayTest : IAsyncLifetime
{
    private TestServer? _destination;
    private TestGateway? _gateway;

    internal TestServer Destination => _destination!;

    internal TestGateway Gateway => _gateway!;

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected HttpClient Client => Gateway.Client;

    protected virtual (string Key, string Value)[] Settings => [];

    public async ValueTask InitializeAsync()
    {
        _destination = await TestServer.StartAsync(AnswerAsync);
        _gateway = await TestGateway.InFrontOfAsync(_destination, Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Destination.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>By default the destination answers with the headers that reached it.</summary>
    protected virtual Task AnswerAsync(HttpContext context) =>
        context.Response.WriteAsJsonAsync(context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()), Cancelled);

    /// <summary>Sends a GET with these headers.</summary>
    protected async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await Client.SendAsync(request, Cancelled);
    }
}
