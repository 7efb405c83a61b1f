"""Korean names of the counties, cities and districts of North Korea, by English name and province as the source has them.

Written by hand; the source (see places.py) has Latin names only. Spelling as used in the North.
"""

# Exchanged in the source: each county's point is the other's (Taegwan lies at about 40.2 N 125.2 E, Thaechon at 39.9 N 125.5 E)
SWAPPED = {"Taegwan": "Thaechon", "Thaechon": "Taegwan"}

_BY_PROVINCE = {
    "South Hwanghae": """Anak 안악군; Chongdan 청단군; Haeju City 해주시; Jaerong 재령군; Jangyon 장연군; Kangryong 강령군;
        Kwail 과일군; Ongjin 옹진군; Paechon 배천군; Pongchon 봉천군; Pyoksong 벽성군; Ryongyon 룡연군; Samchon 삼천군;
        Sinchon 신천군; Sinwon 신원군; Songhwa 송화군; Thaethan 태탄군; Unchon 은천군; Unryul 은률군; Yonan 연안군""",
    "Kangwon": """Anbyon 안변군; Changdo 창도군; Cholwon 철원군; Chonnae 천내군; Hoeyang 회양군; Ichon 이천군; Kimhwa 김화군;
        Kosan 고산군; Kosong 고성군; Kumgang 금강군; Munchon City 문천시; Phangyo 판교군; Phyonggang 평강군; Popdong 법동군;
        Sepho 세포군; Thongchon 통천군; Wonsan City 원산시""",
    "South Pyongan": """Anju City 안주시; Chongnam 청남구; Hoechang 회창군; Jungsan 증산군; Kaechon City 개천시; Maengsan 맹산군;
        Mundok 문덕군; Nyongwon 녕원군; Pukchang 북창군; Pyongsong City 평성시; Pyongwon 평원군; Sinyang 신양군;
        Songchon 성천군; Sukchon 숙천군; Sunchon City 순천시; Taedong 대동군; Taehung 대흥군; Tokchon City 덕천시;
        Tukjang 득장지구; Unsan 은산군; Yangdok 양덕군""",
    "North Pyongan": """Changsong 창성군; Cholsan 철산군; Chonma 천마군; Hyangsan 향산군; Jongju City 정주시; Kujang 구장군;
        Kusong City 구성시; Kwaksan 곽산군; Nyongbyon 녕변군; Pakchon 박천군; Phihyon 피현군; Pyokdong 벽동군;
        Ryongchon 룡천군; Sakju 삭주군; Sindo 신도군; Sinuiju City 신의주시; Sonchon 선천군; Taegwan 대관군; Thaechon 태천군;
        Tongchang 동창군; Tongrim 동림군; Uiju 의주군; Unjon 운전군; Unsan 운산군; Yomju 염주군""",
    "Nampo": "Chollima 천리마구; Kangso 강서구; Nampo City 남포시; Onchon 온천군; Ryonggang 룡강군; Taean 대안구",
    "North Hamgyong": """Chongjin City 청진시; Hoeryong City 회령시; Hwadae 화대군; Kilju 길주군; Kim Chaek City 김책시;
        Kyonghung 경흥군; Kyongsong 경성군; Kyongwon 경원군; Musan 무산군; Myongchon 명천군; Myonggan 명간군; Onsong 온성군;
        Orang 어랑군; Puryong 부령군; Rason City 라선시; Yonsa 연사군""",
    "Jagang": """Chosan 초산군; Huichon City 희천시; Hwaphyong 화평군; Janggang 장강군; Jasong 자성군; Jonchon 전천군;
        Junggang 중강군; Kanggye City 강계시; Kophung 고풍군; Manpho City 만포시; Rangrim 랑림군; Ryongrim 룡림군;
        Sijung 시중군; Songgan 성간군; Songwon 송원군; Tongsin 동신군; Usi 우시군; Wiwon 위원군""",
    "South Hamgyong": """Hamhung City 함흥시; Hamju 함주군; Hochon 허천군; Hongwon 홍원군; Jangjin 장진군; Jongphyong 정평군;
        Kowon 고원군; Kumho 금호지구; Kumya 금야군; Pujon 부전군; Pukchong 북청군; Rakwon 락원군; Riwon 리원군; Sinhung 신흥군;
        Sinpho City 신포시; Sudong 수동구; Tanchon City 단천시; Toksong 덕성군; Yodok 요덕군; Yonggwang 영광군""",
    "Ryanggang": """Hyesan City 혜산시; Kabsan 갑산군; Kim Hyong Gwon 김형권군; Kim Hyong Jik 김형직군; Kim Jong Suk 김정숙군;
        Paekam 백암군; Phungso 풍서군; Pochon 보천군; Samjiyon 삼지연시; Samsu 삼수군; Taehongdan 대홍단군; Unhung 운흥군""",
    "North Hwanghae": """Hwangju 황주군; Jangphung 장풍군; Junghwa 중화군; Kaesong City 개성시; Kangnam 강남군; Koksan 곡산군;
        Kumchon 금천군; Phyongsan 평산군; Pongsan 봉산군; Rinsan 린산군; Sangwon 상원군; Sariwon City 사리원시; Sinkye 신계군;
        Sinphyong 신평군; Sohung 서흥군; Songrim City 송림시; Suan 수안군; Thosan 토산군; Unpha 은파군; Yonsan 연산군;
        Yonthan 연탄군""",
    "Pyongyang": "Kangdong 강동군; Pyongyang 평양시; Unjong Dist. 은정구역",
}

COUNTIES_KO = {
    f"{entry.strip().rpartition(' ')[0]}, {province}": entry.strip().rpartition(" ")[2]
    for province, entries in _BY_PROVINCE.items()
    for entry in entries.split(";")
}
