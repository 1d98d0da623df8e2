using System.Net;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests;

/// <summary>Routes that come while the gateway runs, by a file of their own.</summary>
public sealed class AddedRoutes : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("routes").FullName;

    private TestServer _things = null!, _reviews = null!;
    private TestGateway _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "routes.json");

    public async ValueTask InitializeAsync()
    {
        _things = await TestServer.StartAsync(context => context.Response.WriteAsync("things", Cancelled));
        _reviews = await TestServer.StartAsync(context => context.Response.WriteAsync("reviews", Cancelled));
        _gateway = await TestGateway.InFrontOfAsync(_things, ("Gateway:RoutesFile", File));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _things.DisposeAsync();
        await _reviews.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_service_is_reached_as_soon_as_its_route_is_in_the_file_and_no_more_once_it_is_gone()
    {
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/api/reviews"));

        await WriteAsync(Reviews(_reviews.Url));
        await EventuallyAsync("/api/reviews", HttpStatusCode.OK);
        Assert.Equal("reviews", await _gateway.Client.GetStringAsync("/api/reviews/7", Cancelled));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/api/things"));

        await WriteAsync("{}");
        await EventuallyAsync("/api/reviews", HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/api/things"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_leaves_the_routes_as_they_were_and_counts_once_it_is_mended()
    {
        var (said, before) = (new StringWriter(), Console.Error);
        Console.SetError(TextWriter.Synchronized(said));
        try
        {
            await WriteAsync(Reviews(_reviews.Url));
            await AnswersAsync("/api/reviews", "reviews");

            await WriteAsync("{ \"Routes\": ");
            await EventuallyAsync(
                "/api/reviews", _ => Task.FromResult(said.ToString().Contains("cannot be read; the current routes are kept", StringComparison.Ordinal)));
            Assert.Equal("reviews", await _gateway.Client.GetStringAsync("/api/reviews", Cancelled));
            Assert.Equal("things", await _gateway.Client.GetStringAsync("/api/things", Cancelled));

            await WriteAsync(Reviews(_things.Url));
            await AnswersAsync("/api/reviews", "things");
        }
        finally
        {
            Console.SetError(before);
        }
    }

    [Fact]
    public async Task What_is_internal_stays_so_though_a_file_routes_everything()
    {
        await WriteAsync(Reviews(_reviews.Url).Replace("/api/reviews/{**rest}", "/{**rest}", StringComparison.Ordinal));
        await AnswersAsync("/anything", "reviews");

        foreach (var path in (string[])["/internal/products", "/messaging/ordering/dead-letters", "/faults/crash"])
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(path));
    }

    private static string Reviews(string url) => $$"""
        {
          "Routes": { "reviews": { "ClusterId": "reviews", "Match": { "Path": "/api/reviews/{**rest}" } } },
          "Clusters": { "reviews": { "Destinations": { "one": { "Address": "{{url}}" } } } }
        }
        """;

    /// <summary>Puts the file there whole: who reads it while it is written would see a bad one.</summary>
    private async Task WriteAsync(string text)
    {
        var half = Path.Combine(_folder, $"{Guid.NewGuid():N}.tmp");
        await System.IO.File.WriteAllTextAsync(half, text, Cancelled);
        System.IO.File.Move(half, File, overwrite: true);
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await _gateway.Client.GetAsync(path, Cancelled);
        return response.StatusCode;
    }

    private Task EventuallyAsync(string path, HttpStatusCode status) =>
        EventuallyAsync(path, response => Task.FromResult(response.StatusCode == status));

    private Task AnswersAsync(string path, string text) => EventuallyAsync(
        path, async response => response.IsSuccessStatusCode && await response.Content.ReadAsStringAsync(Cancelled) == text);

    private async Task EventuallyAsync(string path, Func<HttpResponseMessage, Task<bool>> expected)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        for (; ; await Task.Delay(50, Cancelled))
        {
            using var response = await _gateway.Client.GetAsync(path, Cancelled);
            if (await expected(response))
                return;
            var last = $"{response.StatusCode} {await response.Content.ReadAsStringAsync(Cancelled)}";
            Assert.False(limit.IsCancellationRequested, $"{path} still answers {last}");
        }
    }
}
