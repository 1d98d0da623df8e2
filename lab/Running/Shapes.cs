namespace MsaAspire.Lab.Running;

/// <summary>The two shapes of the shop: the keys of results, and the values of the AppHost's <c>--topology</c>.</summary>
internal static class Shapes
{
    public const string Microservices = "microservices", Monolith = "monolith";

    public static IReadOnlyList<string> Both { get; } = [Microservices, Monolith];

    /// <summary>The resource that the module <paramref name="module"/> runs in.</summary>
    public static string ResourceOf(string shape, string module) => shape == Monolith ? Monolith : module;
}
