using System.Xml;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Messaging.Tests;

/// <summary>Writes the log into the output of the test that made it, which a failure prints.</summary>
internal sealed class TestLog : ILoggerProvider, ILogger
{
    private const int Most = 500;

    private readonly ITestOutputHelper? _output = TestContext.Current.TestOutputHelper;
    private int _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Interlocked.Increment(ref _lines) <= Most)
            _output?.WriteLine(Printable($"{DateTime.UtcNow:HH:mm:ss.fff} {logLevel}: {formatter(state, exception)} {exception}"));
    }

    // Random messages have characters in them that break the XML file of the results off.
    private static string Printable(string line) => string.Create(line.Length, line, (printable, all) =>
    {
        for (var i = 0; i < all.Length; i++)
            printable[i] = XmlConvert.IsXmlChar(all[i]) ? all[i] : '\uFFFD';
    });

    public void Dispose()
    {
        // The output belongs to the test.
    }
}
