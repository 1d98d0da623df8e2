using System.Text;

namespace Aspirate.Tests;

/// <summary>
/// The console belongs to the whole process, and tests run side by side. So what is written goes to whoever captures it in the same flow of
/// calls, and to the console where nobody does.
/// </summary>
internal sealed class RoutedWriter(TextWriter otherwise) : TextWriter
{
    private readonly AsyncLocal<StringWriter?> _captured = new();

    public override Encoding Encoding => otherwise.Encoding;

    /// <summary>From now on, in this flow of calls and those that it starts.</summary>
    public StringWriter Capture() => _captured.Value = new();

    public override void Write(char value) => (_captured.Value ?? otherwise).Write(value);

    public override void Write(char[] buffer, int index, int count) => (_captured.Value ?? otherwise).Write(buffer, index, count);

    public override void Write(string? value) => (_captured.Value ?? otherwise).Write(value);

    public override void Flush() => (_captured.Value ?? otherwise).Flush();
}
