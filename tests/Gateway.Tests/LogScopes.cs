using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaAspire.ServiceDefaults;
using Xunit;

namespace Gateway.Tests;

public sealed class LogScopes
{
    [Fact]
    public async Task What_a_service_logs_while_it_works_on_a_request_carries_the_request_s_id()
    {
        using var log = new ScopeLog();
        var builder = WebApplication.CreateBuilder();
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var service = builder.Build();
        service.MapDefaultEndpoints();
        service.MapGet("/work", (HttpContext context) =>
        {
            context.RequestServices.GetRequiredService<ILogger<LogScopes>>().LogInformation("at work");
            return context.TraceIdentifier;
        });
        await service.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new(service.Urls.Single()), DefaultRequestHeaders = { { "X-Request-Id", "checkout-7" } } };

        Assert.Equal("checkout-7", await client.GetStringAsync("/work", TestContext.Current.CancellationToken));

        Assert.Equal("checkout-7", Assert.Single(log.Ids));
    }

    /// <summary>Keeps the request id in the scope of each line "at work".</summary>
    private sealed class ScopeLog : ILoggerProvider, ILogger, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public ConcurrentQueue<object?> Ids { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception) == "at work")
            {
                _scopes.ForEachScope(
                    (scope, ids) =>
                    {
                        foreach (var (_, value) in (scope as IEnumerable<KeyValuePair<string, object?>> ?? []).Where(p => p.Key == RequestIdHeader))
                            ids.Enqueue(value);
                    },
                    Ids);
            }
        }

        public void Dispose()
        {
        }
    }

    private const string RequestIdHeader = MsaAspire.ServiceDefaults.RequestIds.Header;
}
