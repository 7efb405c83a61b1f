"""Names of launch places across spellings and scripts: Taegwan and Daegwan are one, and so are Sohae and Tongchang-ri.

A place is a name here; where it lies is for other tables.
A spelling that is not listed still meets its like: both romanisations fold to one key.
"""

import re
import unicodedata
from typing import Final

# Canonical name; other names in Latin letters, Korean and Japanese.
_PLACES: Final = """
Sohae: Tongchang-ri, Dongchang-ri, Tongchang, 서해, 동창리, 서해위성발사장, 西海, 東倉里, 東倉洞, ソヘ, トンチャンリ
Sunan: Sunan Airport, 순안, 순안비행장, 順安, スナン
Pyongyang: Pyeongyang, P'yongyang, 평양, 平壌, ピョンヤン
Wonsan: Kalma, Kalma Peninsula, 원산, 갈마, 元山, ウォンサン
Hodo Peninsula: Hodo, Hodo-pando, 호도반도, 호도, 虎島半島, ホド半島
Kittaeryong: Gitdaeryeong, Kittaeryŏng, 깃대령, 旗対嶺, キッテリョン
Kusong: Kusŏng, Guseong, 구성, 亀城, クソン
Panghyon: Banghyon, Banghyeon, 방현, 芳峴, 方峴, パンヒョン
Mupyong-ni: Mupyong, Mupyeong-ri, 무평리, 舞坪里, ムピョンリ
Pyongsong: Pyeongseong, Sain-ni, 평성, 平城, ピョンソン
Sinpo: Sinpho, Shinpo, 신포, 新浦, シンポ
Mayang-do: Mayangdo, Mayang Island, 마양도, 馬養島
Sondok: Seondeok, 선덕, 宣徳, ソンドク
Yonpo: Yeonpo, 연포, 連浦, ヨンポ
Hamhung: Hamheung, 함흥, 咸興, ハムフン
Hungnam: Heungnam, 흥남, 興南, フンナム
Yonghung: Yongheung, 영흥, 永興
Munchon: Mundeok-Munchon, 문천, 文川
Tongchon: T'ongch'on, 통천, 通川
Kaechon: Kaech'on, Gaecheon, 개천, 价川, ケチョン
Sunchon: Suncheon, 순천, 順川, スンチョン
Sonchon: Seoncheon, 선천, 宣川
Kwail: Gwail, 과일, 과일군, クァイル
Kumgang: Geumgang, 금강
Hwangju: 황주, 黄州, ファンジュ
Nampo: Nampho, 남포, 南浦
Onchon: 온천, 温泉
Taegwan: Taekwan, Daegwan, 대관, 大館, テグァン
Taechon: Taecheon, 태천, 泰川
Uiju: Ŭiju, Euiju, 의주, 義州
Jonchon: Jeoncheon, 전천, 前川
Toyang-ri: Doyang-ri, Ryongrim, Ryonglim, 도양리, 룡림군, 용림, 都陽里, 龍林
Jagang Province: Chagang, Jagang, 자강도, 慈江道
Kanggye: Ganggye, 강계, 江界
Huichon: Heechon, 희천, 熙川
Yangdok: Yangdeok, 양덕, 陽徳
Kangdong: Gangdong, 강동, 江東
Samsok: Samseok, 삼석, 三石
Chunghwa: Junghwa, 중화, 中和
Kangson: 강선
Hyonni: Hyon-ni
Changyon: Jangyon, Jangyeon, 장연, 長淵
Musudan-ri: Tonghae, Donghae, Hwadae, Musudan, 무수단리, 동해위성발사장, 화대, 舞水端里, ムスダンリ
Kilju: Gilju, 길주, 吉州
Chongjin: Cheongjin, 청진, 清津
Rason: Rajin, Najin, 나선, 라선, 羅先
Sukchon: Sukcheon, 숙천, 粛川
Anju: 안주, 安州
Haeju: 해주, 海州
Kaesong: Gaeseong, 개성, 開城
Jungsan: 증산
Sariwon: 사리원
Wollae-do: Wollaedo, 월내도
South Pyongan: South Pyeongan, Phyongannam-do, 평안남도, 평남, 平安南道
North Pyongan: North Pyeongan, 평안북도, 평북, 平安北道
South Hamgyong: South Hamgyeong, 함경남도, 함남, 咸鏡南道
North Hamgyong: North Hamgyeong, 함경북도, 함북, 咸鏡北道
North Hwanghae: 황해북도, 황북, 黄海北道
South Hwanghae: 황해남도, 황남, 黄海南道
Kangwon: Gangwon, Kangwon Province, 강원도, 江原道
Ryanggang: Yanggang, 량강도, 양강도, 両江道
"""
PROVINCES: Final = (
    "Jagang Province", "South Pyongan", "North Pyongan", "South Hamgyong", "North Hamgyong", "North Hwanghae", "South Hwanghae",
                    "Kangwon", "Ryanggang")  # fmt: skip
_FOLDS = (
    ("eo", "o"),
    ("eu", "u"),
    ("ph", "p"),
    ("th", "t"),
    ("kh", "k"),
    ("ch", "j"),
    ("sh", "s"),
    ("g", "k"),
    ("d", "t"),
    ("b", "p"),
    ("j", "c"),
    ("r", "l"),
)


def fold(name: str) -> str:
    """A key that the common romanisations of one name share; names in other scripts are their own key."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    letters = re.sub(r"[^\w]|_", "", "".join(c for c in letters if not unicodedata.combining(c)))
    if not letters.isascii():
        return unicodedata.normalize("NFC", re.sub(r"[\s·・]", "", name))
    for old, new in _FOLDS:
        letters = letters.replace(old, new)
    return letters


def _index() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _PLACES.strip().splitlines():
        canonical, _, others = line.partition(":")
        for name in [canonical, *others.split(",")]:
            found.setdefault(fold(name), canonical)
    return found


_BY_KEY: Final = _index()


def names(script: str) -> list[str]:
    """All listed names with characters of one range, such as "가-힣", longest first."""
    listed = [name.strip() for line in _PLACES.strip().splitlines() for name in re.split(r"[:,]", line)]
    return sorted({name for name in listed if re.search(f"[{script}]", name)}, key=lambda n: (-len(n), n))


def resolve(name: str) -> str:
    """The canonical name of a place, empty where it is not listed; "city", "county" and the like do not matter."""
    bare = re.sub(
        r"(?i)\s+(?:county|city|province|district|area|peninsula)$|(?:군|시|도|일대|지역|付近|郡|市)$", "", name.strip()
    )
    return _BY_KEY.get(fold(name), "") or _BY_KEY.get(fold(bare), "")
