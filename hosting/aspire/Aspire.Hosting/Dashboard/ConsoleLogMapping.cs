using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Proto;

namespace Aspire.Hosting.Dashboard;

/// <summary>Console lines as messages that stay far below the 16 MB that the dashboard accepts.</summary>
internal static class ConsoleLogMapping
{
    internal const int MaxCharacters = 2 * 1024 * 1024;

    public static IEnumerable<WatchResourceConsoleLogsUpdate> ToUpdates(IEnumerable<LogLine> lines)
    {
        var update = new WatchResourceConsoleLogsUpdate();
        var characters = 0;
        foreach (var line in lines)
        {
            var text = line.Content.Length > MaxCharacters ? line.Content[..MaxCharacters] : line.Content;
            if (characters + text.Length > MaxCharacters)
            {
                yield return update;
                update = new();
                characters = 0;
            }

            update.LogLines.Add(new ConsoleLogLine { LineNumber = line.LineNumber, Text = text, IsStdErr = line.IsErrorMessage });
            characters += text.Length;
        }

        if (update.LogLines.Count > 0)
        {
            yield return update;
        }
    }
}
