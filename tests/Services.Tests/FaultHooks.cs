using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaAspire.Faults;
using MsaAspire.ServiceDefaults;
using Xunit;

namespace Services.Tests;

/// <summary>A service that lab/Faults was loaded into can be told to fail; no service refers to it.</summary>
public sealed class FaultHooks
{
    // Crashing and leaking are not to be done to the process of the tests; the lab does both, and the sweep kills at steps.
    private static readonly string[] s_hooks = ["spin?seconds=0", "hang?seconds=30"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_does_what_it_is_told_and_every_answer_tells_which_process_gave_it()
    {
        await using var service = await StartAsync();
        using var client = ClientOf(service);
        foreach (var hook in s_hooks)
        {
            using var answer = await client.PostAsync($"/faults/{hook}", content: null, Cancelled);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Equal(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), Assert.Single(answer.Headers.GetValues(FaultInjection.ServedBy)));
        }

        Assert.True(service.Services.GetRequiredService<ProcessFaults>().Hangs);
        using var other = await client.PostAsync($"/faults/die-at?step=claimed&pid={Environment.ProcessId + 1}", content: null, Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        new FaultInjection().Configure(builder.WebHost);
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = builder.Build();
        service.MapDefaultEndpoints();
        await service.StartAsync(Cancelled);
        return service;
    }

    private static HttpClient ClientOf(WebApplication service) => new() { BaseAddress = new(service.Urls.Single()), Timeout = TimeSpan.FromSeconds(10) };
}
