namespace MsaAspire.Lab.Experiments;

/// <summary>The display names of the keys that several experiments use.</summary>
public static class CommonNames
{
    /// <summary>By key.</summary>
    public static IReadOnlyDictionary<string, Words> All { get; } = new Dictionary<string, Words>
    {
        ["microservices"] = new("Microservices", "마이크로서비스"),
        ["monolith"] = new("Monolith", "모놀리스"),
        ["all"] = new("All", "전체"),
        ["browse"] = new("Browse", "상품 보기"),
        ["search"] = new("Search", "검색"),
        ["order"] = new("Order", "주문"),
        ["order-to-final"] = new("Order to final status", "주문부터 최종 상태까지"),
    };
}
