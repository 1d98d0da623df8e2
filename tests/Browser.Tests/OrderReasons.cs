using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MsaAspire.Contracts;
using Xunit;

namespace Browser.Tests;

/// <summary>The order's page before an ordering that answers what a test wants.</summary>
public sealed class OrderReasons : IAsyncLifetime
{
    private readonly WebApplication _ordering;
    private readonly HttpClient _client = new();
    private WebApplication? _web;
    private object _order = new();

    public OrderReasons()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _ordering = builder.Build();
    }

    public static TheoryData<string, string> Codes => new()
    {
        { ReasonCodes.UnknownProduct, "not sold any more" },
        { ReasonCodes.CardDeclined, "The card was declined." },
        { ReasonCodes.CardUnknown, "does not know this card" },
        { ReasonCodes.PaymentUnavailable, "could not reach the bank" },
        { ReasonCodes.TimedOut, "took longer than we wait" },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ordering.Urls.Add("http://127.0.0.1:0");
        _ordering.MapGet("/{**path}", () => Results.Json(_order, JsonSerializerOptions.Web));
        await _ordering.StartAsync(Cancelled);
        _web = Outages.Create(_ordering.Urls.First());
        await _web.StartAsync(Cancelled);
        _client.BaseAddress = new Uri(_web.Urls.First());
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task The_code_chooses_the_words_whatever_the_English_reason_says(string code, string words) =>
        Assert.Contains(words, await ReasonAsync("en", code, "out of stock: product 1; declined; deadline"), StringComparison.Ordinal);

    [Theory]
    [InlineData("en", "tax-office-closed")]
    [InlineData("ko", "tax-office-closed")]
    [InlineData("en", null)]
    [InlineData("ko", null)]
    public async Task A_reason_without_words_here_has_a_general_text_in_the_language_of_the_page(string language, string? code)
    {
        var said = await ReasonAsync(language, code, "out of stock: the card was declined");

        Assert.Contains(language == "ko" ? "자세한 사유는" : "cannot say more", said, StringComparison.Ordinal);
        Assert.DoesNotContain("declined", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_product_of_an_order_that_is_out_of_stock_is_named() =>
        Assert.Contains("Moon Jar", await ReasonAsync("en", ReasonCodes.OutOfStock, "too few", "Moon Jar"), StringComparison.Ordinal);

    [Fact]
    public async Task Of_several_products_none_is_blamed_that_may_be_there()
    {
        var said = await ReasonAsync("en", ReasonCodes.OutOfStock, "out of stock: product 2", "Moon Jar", "Wok");

        Assert.Contains("at least one", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Wok", said, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_web is not null)
            await _web.DisposeAsync();
        await _ordering.DisposeAsync();
    }

    /// <summary>What the page of an order with this reason gives as the reason.</summary>
    private async Task<string> ReasonAsync(string language, string? code, string reason, params string[] products)
    {
        var at = DateTimeOffset.UnixEpoch;
        _order = new
        {
            Id = Guid.Empty,
            Customer = "Ada Lovelace",
            Status = "Cancelled",
            Reason = reason,
            ReasonCode = code,
            Items = products.Select((name, i) => new { ProductId = i + 1, Name = name, Quantity = 1, Price = 1m }),
            Total = 1m,
            Currency = "EUR",
            CreatedAt = at,
            History = new[] { new { Status = "Submitted", At = at }, new { Status = "Cancelled", At = at } },
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/orders/{Guid.Empty}") { Headers = { AcceptLanguage = { new StringWithQualityHeaderValue(language) } } };
        using var answer = await _client.SendAsync(request, Cancelled);
        var page = await answer.Content.ReadAsStringAsync(Cancelled);
        return page.Split("<p class=\"reason\">")[1].Split("</p>")[0];
    }
}
