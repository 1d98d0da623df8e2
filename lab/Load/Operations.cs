namespace MsaAspire.Lab.Load;

/// <summary>What customers do, by the keys that results use.</summary>
internal static class Operations
{
    /// <summary>Half of them a page of products, half of them one product.</summary>
    public const string Browse = "browse";

    /// <summary>Products whose name or description holds a word.</summary>
    public const string Search = "search";

    /// <summary>An order, until it is accepted.</summary>
    public const string Order = "order";

    /// <summary>An order that was accepted, from when it was due to its final status.</summary>
    public const string OrderToFinal = "order-to-final";
}

/// <summary>How many of each operation are due a second on average.</summary>
internal sealed record Rates(double Browse, double Search, double Order);
