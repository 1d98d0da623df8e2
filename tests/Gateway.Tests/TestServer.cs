using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests;

/// <summary>A destination of the gateway: a real Kestrel that remembers what reached it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<string> _seen = [];
    private int _probes, _answered;

    private TestServer(string url, RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        // One character is one byte, so that a test sees the bytes that arrive and chooses those that are sent.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.RequestHeaderEncodingSelector = kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1);
        _app = builder.Build();
        _app.MapGet("/health", () =>
        {
            Interlocked.Increment(ref _probes);
            return Healthy ? Results.Ok() : Results.StatusCode(503);
        });
        _app.MapFallback("{**path}", async context =>
        {
            lock (_seen)
            {
                _seen.Add(context.Request.Path + context.Request.QueryString);
            }

            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            await answer(context);
            Interlocked.Increment(ref _answered);
        });
    }

    /// <summary>What <c>/health</c> says.</summary>
    public bool Healthy { get; set; } = true;

    /// <summary>How many requests came whole and were answered.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>How often <c>/health</c> was asked for.</summary>
    public int Probes => Volatile.Read(ref _probes);

    public string Url => _app.Urls.Single();

    /// <summary>The paths that were asked for, but for the probes.</summary>
    public IReadOnlyList<string> Seen
    {
        get
        {
            lock (_seen)
            {
                return [.. _seen];
            }
        }
    }

    public static async Task<TestServer> StartAsync(RequestDelegate answer, string url = "http://127.0.0.1:0")
    {
        var server = new TestServer(url, answer);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
