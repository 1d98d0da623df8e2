using System.Text;

namespace MsaAspire.Testing;

/// <summary>What a process has printed so far, collected while it runs.</summary>
internal sealed class Lines
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a line; null, which the end of a stream gives, adds nothing.</summary>
    public void Add(string? line)
    {
        if (line is null)
            return;
        lock (_text)
            _text.Append(line).Append('\n');
    }

    public override string ToString()
    {
        lock (_text)
            return _text.ToString();
    }
}
