using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Npgsql;
using Xunit;

namespace Messaging.Tests;

/// <summary>What is too large, and what is too much.</summary>
public class Limits(Servers servers)
{
    [Fact]
    public void An_event_over_the_limit_does_not_get_into_the_outbox()
    {
        var thrown = Assert.Throws<EventTooLargeException>(
            () => OutboxMessage.Create("test", ShopEvents.PaymentFailed, new PaymentFailed(Guid.NewGuid(), new('x', OutboxMessage.MaxSize))));
        Assert.Contains("payment.failed", thrown.Message, StringComparison.Ordinal);
        Assert.NotNull(OutboxMessage.Create("test", ShopEvents.PaymentFailed, new PaymentFailed(Guid.NewGuid(), new('x', OutboxMessage.MaxSize - 500))));
    }

    [Fact]
    public async Task A_message_over_the_limit_is_dead_lettered_unread()
    {
        var type = new EventType($"test.{Guid.NewGuid():N}", 1, ShopEvents.PaymentFailed.Json);
        await using var module = await TestModule.StartAsync(servers, type);
        await module.PublishAsync(type.Name, CloudEvent.Write(Guid.NewGuid(), "/test", type, new PaymentFailed(Guid.NewGuid(), new('x', OutboxMessage.MaxSize))));
        Assert.Contains("the maximum is 262144", await module.DeadLetterReasonAsync(), StringComparison.Ordinal);
        Assert.Empty(module.Seen);
    }

    [Fact]
    public async Task A_message_that_names_a_type_longer_than_a_header_can_be_is_dead_lettered_with_a_short_reason()
    {
        var type = new EventType($"test.{Guid.NewGuid():N}", 1, ShopEvents.PaymentFailed.Json);
        await using var module = await TestModule.StartAsync(servers, type);
        await module.PublishAsync(type.Name, Encoding.UTF8.GetBytes(
            $$"""{"specversion":"1.0","id":"{{Guid.NewGuid()}}","type":"{{new string('x', 200_000)}}"}"""));
        Assert.InRange((await module.DeadLetterReasonAsync()).Length, 100, 600);
    }

    [Fact]
    public async Task Requests_are_refused_with_the_time_to_wait_while_the_outbox_is_full()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddProblemDetails();
        builder.Services.AddKeyedSingleton("test", new Outbox("test", NpgsqlDataSource.Create(servers.Postgres)));
        await using var app = builder.Build();
        app.MapPost("/", () => "accepted").RefuseWhenOutboxIsFull("test");
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var outbox = app.Services.GetRequiredKeyedService<Outbox>("test");

        using var before = await client.PostAsync("/", null, TestContext.Current.CancellationToken);
        outbox.Depth = new MessagingOptions().MaxOutboxDepth;
        using var full = await client.PostAsync("/", null, TestContext.Current.CancellationToken);
        outbox.Depth--;
        using var after = await client.PostAsync("/", null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (before.StatusCode, full.StatusCode, after.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(10), full.Headers.RetryAfter?.Delta);
        var problem = await full.Content.ReadFromJsonAsync<ProblemDetails>(TestContext.Current.CancellationToken);
        Assert.EndsWith("outbox-full", problem?.Type, StringComparison.Ordinal);
    }
}
