using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>A value that the user is asked for.</summary>
public sealed class InteractionInput
{
    public required string Name { get; init; }
    public required InputType InputType { get; init; }
    public string? Label { get; init; }
    public string? Description { get; init; }
    public bool EnableDescriptionMarkdown { get; init; }
    public bool Required { get; init; }
    public string? Placeholder { get; init; }

    /// <summary>For a choice: value and shown text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Options { get; set; }

    public int? MaxLength { get; init; }

    public string? Value { get; set; }
}

/// <summary>The kinds of input.</summary>
public enum InputType
{
    Text,
    SecretText,
    Choice,
    Boolean,
    Number,
}

/// <summary>Inputs by position and by name.</summary>
public sealed class InteractionInputCollection(IReadOnlyList<InteractionInput> inputs) : IReadOnlyList<InteractionInput>
{
    public int Count => inputs.Count;

    public InteractionInput this[int index] => inputs[index];

    /// <exception cref="KeyNotFoundException">There is no input of that name.</exception>
    public InteractionInput this[string name] => TryGetByName(name, out var input) ? input : throw new KeyNotFoundException($"There is no input '{name}'.");

    public bool TryGetByName(string name, [NotNullWhen(true)] out InteractionInput? input)
    {
        input = inputs.FirstOrDefault(i => string.Equals(i.Name, name, StringComparison.OrdinalIgnoreCase));
        return input is not null;
    }

    public IEnumerator<InteractionInput> GetEnumerator() => inputs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
