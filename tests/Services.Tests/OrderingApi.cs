using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaAspire.Ordering;
using MsaAspire.ServiceDefaults;
using Xunit;

namespace Services.Tests;

/// <summary>Ordering's API with nothing behind it: what passes validation is answered with 204.</summary>
public sealed class OrderingApi : IAsyncLifetime
{
    private WebApplication? _service;
    private HttpClient? _client;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["ConnectionStrings:orderingdb"] = "Host=nowhere";
        builder.AddServiceDefaults();
        builder.AddOrdering();
        builder.Services.RemoveAll<IHostedService>();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _service = builder.Build();
        _service.MapDefaultEndpoints();
        _service.MapGroup("").AddEndpointFilter((_, _) => ValueTask.FromResult<object?>(TypedResults.NoContent())).MapOrdering();
        await _service.StartAsync(TestContext.Current.CancellationToken);
        _client = new() { BaseAddress = new(_service.Urls.Single()) };
    }

    /// <summary>The fields of an order that are not valid.</summary>
    /// <param name="order">The body.</param>
    /// <param name="key">The <c>Idempotency-Key</c>; null sends none.</param>
    public async Task<IReadOnlyList<string>> InvalidFieldsAsync(OrderRequest order, string? key = "k")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = JsonContent.Create(order) };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var response = await _client!.SendAsync(request, TestContext.Current.CancellationToken);
        if ((int)response.StatusCode == StatusCodes.Status204NoContent)
            return [];
        Assert.Equal((400, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("urn:msa-aspire:problem:invalid-request", problem.GetProperty("type").GetString());
        return [.. problem.GetProperty("errors").EnumerateObject().Select(field => field.Name)];
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_service is not null)
            await _service.DisposeAsync();
    }
}
