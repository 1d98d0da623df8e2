namespace Shop.Tests;

/// <summary>The shape of the shop that this assembly starts. Here all modules run in one process, on one database.</summary>
internal static class Shape
{
    public const string Topology = "monolith";

    /// <summary>The service a module runs in.</summary>
    public static string ServiceOf(string _) => Topology;

    /// <summary>The database that has a module's schema.</summary>
    public static string DatabaseOf(string _) => "shopdb";
}
