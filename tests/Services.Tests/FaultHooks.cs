using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaAspire.ServiceDefaults;
using Xunit;

namespace Services.Tests;

/// <summary>A service can be told to fail only where the switch <c>Faults:Enabled</c> is on.</summary>
public sealed class FaultHooks
{
    private static readonly string[] s_hooks = ["crash?after=0", "leak?megabytesPerSecond=1", "spin?seconds=0", "hang?seconds=30"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("false")]
    public async Task Without_the_switch_there_is_no_hook_and_no_answer_tells_which_process_gave_it(string? setting)
    {
        await using var service = await StartAsync(setting);
        using var client = ClientOf(service);
        foreach (var hook in s_hooks)
        {
            using var answer = await client.PostAsync($"/faults/{hook}", content: null, Cancelled);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.DoesNotContain(answer.Headers, h => h.Key == Faults.ServedBy);
        }

        Assert.Null(service.Services.GetService<Faults>());
    }

    [Fact]
    public async Task With_it_the_hooks_answer_and_every_answer_tells_which_process_gave_it()
    {
        await using var service = await StartAsync("true");
        using var client = ClientOf(service);
        // Crashing and leaking are not to be done to the process of the tests; the lab does both.
        foreach (var hook in s_hooks[2..])
        {
            using var answer = await client.PostAsync($"/faults/{hook}", content: null, Cancelled);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Equal(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), Assert.Single(answer.Headers.GetValues(Faults.ServedBy)));
        }

        Assert.True(service.Services.GetRequiredService<Faults>().Hangs);
    }

    private static async Task<WebApplication> StartAsync(string? setting)
    {
        var builder = WebApplication.CreateBuilder(setting is null ? [] : [$"--Faults:Enabled={setting}"]);
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
