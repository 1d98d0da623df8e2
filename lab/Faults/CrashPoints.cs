using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace MsaAspire.Faults;

/// <summary>Kills its own process when messaging next logs a step (services/Messaging/MessagingLog.cs), at the point at which it logs it.</summary>
[ProviderAlias("CrashPoints")]
internal sealed class CrashPoints : ILoggerProvider, ILogger
{
    /// <summary>The category of the loggers that log steps.</summary>
    public const string Category = "MsaAspire.Messaging";

    private readonly ConcurrentDictionary<string, byte> _deadly = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The process dies at the next <paramref name="step"/>.</summary>
    public void Arm(string step) => _deadly[step] = 0;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => !_deadly.IsEmpty;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name is { } step && _deadly.ContainsKey(step))
            Process.GetCurrentProcess().Kill();
    }

    public void Dispose()
    {
        // It holds nothing.
    }
}
