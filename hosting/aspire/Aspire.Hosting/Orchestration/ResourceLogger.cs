using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Writes to the console logs of a resource's instances; warnings and worse as error lines.</summary>
internal sealed class ResourceLogger(Func<IEnumerable<ResourceLog>> logs) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and not LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;

        var now = DateTime.UtcNow;
        var text = formatter(state, exception) + (exception is null ? "" : Environment.NewLine + exception);
        foreach (var log in logs())
            log.Add(now, text, isError: logLevel >= LogLevel.Warning);
    }
}
