namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// The rule for names of resources and endpoints: at most 64 ASCII letters, digits and single hyphens, starting with a letter and not ending
/// with a hyphen. Such a name is valid as a DNS label, in an environment variable and in a Kubernetes object.
/// </summary>
internal static class ModelName
{
    private const int MaxLength = 64;

    public static void Validate(string target, string name)
    {
        if (Violation(name) is { } violation)
        {
            throw new DistributedApplicationException(
                $"'{name}' is not a valid {target} name: {violation}. Use letters, digits and single hyphens, starting with a letter, for example 'order-service'.");
        }
    }

    private static string? Violation(string? name) => name switch
    {
        null or "" => "it is empty",
        { Length: > MaxLength } => $"it has {name.Length} characters, {MaxLength} are allowed",
        _ when !char.IsAsciiLetter(name[0]) => "it does not start with a letter",
        _ when name.FirstOrDefault(c => !char.IsAsciiLetterOrDigit(c) && c != '-') is var c and not '\0' => $"'{c}' is not allowed",
        _ when name.Contains("--", StringComparison.Ordinal) => "it has two hyphens in a row",
        _ when name.EndsWith('-') => "it ends with a hyphen",
        _ => null,
    };
}
