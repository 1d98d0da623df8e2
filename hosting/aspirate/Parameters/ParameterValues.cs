using MsaAspire.Aspirate.Manifests;

namespace MsaAspire.Aspirate.Parameters;

/// <summary>
/// Where the value of each parameter comes from: the command line, the state of earlier exports, the model's default, a generator, a
/// question.
/// </summary>
/// <param name="Given">By <c>--parameter</c>; not stored, so that a vault can be the only place for them.</param>
/// <param name="Ask">Asks the user for a value, or throws an error that names the option.</param>
internal sealed record ParameterSources(
    IReadOnlyDictionary<string, string> Given, string StatePath, Func<string> Password, Func<string, bool, string> Ask);

/// <summary>Values of parameters.</summary>
/// <param name="Values">By <c>parameter.input</c>.</param>
/// <param name="Keep">Writes new values to the state file; to be called when nothing else can fail.</param>
internal sealed record FoundParameters(IReadOnlyDictionary<string, string> Values, Action Keep);

/// <summary>The values of all parameters of a manifest.</summary>
internal static class ParameterValues
{
    /// <summary>Finds each value.</summary>
    /// <exception cref="AspirateException">
    /// A value is missing or cannot be an environment variable, or a given name is not a parameter of the model.
    /// </exception>
    public static FoundParameters Find(Manifest manifest, ParameterSources sources)
    {
        var parameters = manifest.Resources.OfType<ParameterResource>().ToList();
        var names = parameters.SelectMany(p => p.Inputs.Keys.Select(input => NameOf(p, input))).ToList();
        var strange = sources.Given.Keys.FirstOrDefault(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (strange is not null)
        {
            throw new AspirateException(
                $"--parameter {strange}=... names no parameter of the app model. It has: "
                + $"{string.Join(", ", names.DefaultIfEmpty("none"))}.");
        }

        // Deriving the key takes a fifth of a second, so a model without parameters skips it.
        string? password = null;
        SortedDictionary<string, string>? kept = null;
        var isNew = false;
        SortedDictionary<string, string> Kept() => kept ??= StateFile.Read(sources.StatePath, password ??= sources.Password());

        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in parameters)
        {
            foreach (var (input, rule) in parameter.Inputs)
            {
                var name = NameOf(parameter, input);
                if (!sources.Given.TryGetValue(name, out var value) && rule.Default is { } fixedValue)
                    value = fixedValue;
                if (value is null && !Kept().TryGetValue(name, out value))
                {
                    value = rule.Generate is { } generate ? PasswordGenerator.Generate(name, generate) : sources.Ask(name, rule.Secret);
                    Kept()[name] = value;
                    isNew = true;
                }

                values[$"{parameter.Name}.{input}"] = Checked(name, value);
            }
        }

        return new(values, () =>
        {
            if (isNew)
                StateFile.Write(sources.StatePath, password!, kept!);
        });
    }

    /// <summary>One input is the rule, and it is called <c>value</c>.</summary>
    private static string NameOf(ParameterResource parameter, string input) => input == "value" ? parameter.Name : $"{parameter.Name}.{input}";

    /// <summary>A value that no environment variable can hold is rejected while it can still be corrected.</summary>
    private static string Checked(string name, string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw new AspirateException(
                $"The parameter \"{name}\" holds a NUL character, which no environment variable can. "
                + $"Give another value with --parameter {name}=VALUE.");
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(value[i]))
            {
                throw new AspirateException(
                    $"The parameter \"{name}\" holds half of a Unicode character, which no file can. "
                    + $"Give another value with --parameter {name}=VALUE.");
            }
        }

        return value;
    }
}
