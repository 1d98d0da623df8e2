using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MsaAspire.Ordering;
using Xunit;

namespace Services.Tests;

public sealed class PriceListRules : IDisposable
{
    private readonly Clock _clock = new();
    private readonly Catalogue _catalogue = new();
    private readonly ServiceProvider _services;
    private readonly PriceList _prices;

    public PriceListRules()
    {
        _services = new ServiceCollection()
            .AddTransient(_ => new CatalogClient(new HttpClient(_catalogue, disposeHandler: false) { BaseAddress = new("http://catalog") }))
            .BuildServiceProvider();
        _prices = new(_services.GetRequiredService<IServiceScopeFactory>(), _clock, NullLogger<PriceList>.Instance);
    }

    public void Dispose()
    {
        _services.Dispose();
        _catalogue.Dispose();
    }

    [Fact]
    public async Task A_known_price_costs_no_call()
    {
        await GetAsync(1, 2);
        Assert.Equal(10, (await GetAsync(1))[1].Amount);
        Assert.Equal(1, _catalogue.Calls);
    }

    [Fact]
    public async Task A_price_is_asked_for_again_when_it_is_old()
    {
        await GetAsync(1);
        _catalogue.Prices[1] = 12;
        _clock.Now += PriceList.Fresh;
        Assert.Equal(12, (await GetAsync(1))[1].Amount);
    }

    [Fact]
    public async Task While_the_catalogue_is_down_an_old_price_is_taken_but_not_for_ever()
    {
        await GetAsync(1);
        _catalogue.Down = true;
        _clock.Now += PriceList.Fresh;
        Assert.Equal(10, (await GetAsync(1))[1].Amount);
        _clock.Now += PriceList.Usable;
        await Assert.ThrowsAsync<CatalogUnavailableException>(() => GetAsync(1));
    }

    [Fact]
    public async Task A_price_that_is_too_old_is_taken_by_nobody_while_somebody_else_asks_for_it()
    {
        await GetAsync(1);
        _clock.Now += PriceList.Usable;
        _catalogue.Prices[1] = 12;
        var answer = _catalogue.Hold();

        var first = GetAsync(1);
        var second = GetAsync(1);
        answer.SetResult();

        Assert.Equal([12, 12], [(await first)[1].Amount, (await second)[1].Amount]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task A_clock_that_is_set_forward_or_back_makes_no_price_older_or_younger(int hours)
    {
        await GetAsync(1);
        _catalogue.Prices[1] = 12;
        _clock.Today += TimeSpan.FromHours(hours);
        Assert.Equal(10, (await GetAsync(1))[1].Amount);
        _clock.Now += PriceList.Fresh;
        Assert.Equal(12, (await GetAsync(1))[1].Amount);
    }

    [Fact]
    public async Task While_the_catalogue_is_down_an_unknown_product_cannot_be_told_from_a_new_one()
    {
        _catalogue.Down = true;
        await Assert.ThrowsAsync<CatalogUnavailableException>(() => GetAsync(1));
    }

    [Fact]
    public async Task What_does_not_exist_is_left_out_and_not_remembered()
    {
        Assert.Empty(await GetAsync(99));
        _catalogue.Prices[99] = 5;
        Assert.Equal(5, (await GetAsync(99))[99].Amount);
    }

    private Task<Dictionary<int, CatalogPrice>> GetAsync(params int[] products) =>
        _prices.GetAsync(products, TestContext.Current.CancellationToken);

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        /// <summary>The time of day, which may jump.</summary>
        public DateTimeOffset Today { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Today;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private sealed class Catalogue : HttpMessageHandler
    {
        public Dictionary<int, decimal> Prices { get; } = new() { [1] = 10, [2] = 20 };

        public bool Down { get; set; }

        public int Calls { get; private set; }

        private TaskCompletionSource _answers = Answering();

        /// <summary>Answers nothing until the result is set.</summary>
        public TaskCompletionSource Hold() => _answers = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            await _answers.Task.WaitAsync(cancellationToken);
            if (Down)
                throw new HttpRequestException("connection refused");
            var asked = request.RequestUri!.Query.TrimStart('?').Split('&').Select(p => int.Parse(p["id=".Length..]));
            var found = asked.Where(Prices.ContainsKey).Select(p => new CatalogPrice(p, $"Product {p}", Prices[p], "EUR"));
            return new(HttpStatusCode.OK) { Content = JsonContent.Create(found, options: JsonSerializerOptions.Web) };
        }

        private static TaskCompletionSource Answering()
        {
            var answers = new TaskCompletionSource();
            answers.SetResult();
            return answers;
        }
    }
}
